import { expect, test } from 'vitest';
import { readVerdict } from './read-verdict.ts';

const answer = { batch_id: 'b', accepted: 2, duplicates: 1, rejected: [] };
const rejected = [
  { index: 3, prediction_id: 'a', code: 'bad_id', pointer: '/events/3/prediction_id', detail: 'd' },
];
const judge = (status: number, body: unknown, retryAfter: string | null = null) =>
  readVerdict({ status, retryAfter, text: typeof body === 'string' ? body : JSON.stringify(body) }, 0);

test.each([
  [202, answer, { accepted: 2, duplicates: 1, rejectedCount: 0, rejected: [] }],
  [202, { ...answer, rejected }, { accepted: 2, duplicates: 1, rejectedCount: 1, rejected }],
  [
    202,
    { ...answer, rejected, rejected_total: 12 },
    { accepted: 2, duplicates: 1, rejectedCount: 12, rejected },
  ],
  [
    422,
    { type: '/problems/all-items-rejected', accepted: 0, duplicates: 0, rejected },
    { accepted: 0, duplicates: 0, rejectedCount: 1, rejected },
  ],
])('%i with counts is an answer', (status, body, expected) => {
  expect(judge(status, body)).toEqual({ kind: 'answered', ...expected });
});

test.each([
  [408, ''],
  [429, { title: 'Too many requests' }],
  [500, '<html>'],
  [502, ''],
  [503, { title: 'The database cannot be reached' }],
  [504, ''],
  [409, { type: 'http://x/problems/idempotency-in-progress' }],
  [200, '<html>not ours</html>'],
  [202, '{"accepted": 2, "dupl'],
  [202, { ...answer, rejected: [null] }],
])('%i %j is worth another attempt', (status, body) => {
  expect(judge(status, body, '2')).toMatchObject({ kind: 'retry', status, retryAfterMs: 2000 });
});

test.each([
  [301, ''],
  [400, ''],
  [401, ''],
  [403, ''],
  [404, { type: 'http://x/problems/unknown-model', title: 'No such model', detail: 'flights' }],
  [409, { type: 'http://x/problems/conflict' }],
  [413, ''],
  [422, { type: 'http://x/problems/idempotency-key-reuse' }],
])('%i %j would fail again', (status, body) => {
  expect(judge(status, body)).toMatchObject({ kind: 'refused', status });
});

test('a refusal carries what the server says', () => {
  expect(judge(404, { title: 'No such model', detail: 'flights' })).toMatchObject({
    message: 'The server answered 404: No such model: flights',
  });
});
