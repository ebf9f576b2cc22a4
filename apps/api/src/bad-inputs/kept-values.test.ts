import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../test-api.ts';
import { at, freshId } from './bad-input.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const post = (slug: string, raw: string) =>
  api.call('POST', `/v1/models/${slug}/events`, raw, { headers: { 'content-type': 'application/json' } });
const read = async (slug: string, id: string) =>
  (await api.call('GET', `/v1/models/${slug}/events/${encodeURIComponent(id)}`)).body;

const text = fc
  .string({ unit: 'binary', maxLength: 60 })
  .filter((value) => value.isWellFormed() && !value.includes('\u0000'));
const name = fc
  .oneof(
    text,
    fc.constantFrom(
      'toString',
      'hasOwnProperty',
      'then',
      'toJSON',
      '__proto__.x',
      'constructor',
      '1',
      '-1',
      '01',
    ),
  )
  .filter((value) => /^[^$\p{Cc}][^\p{Cc}]*$/u.test(value) && value !== '__proto__');
const number = fc.double({ noNaN: true, noDefaultInfinity: true });

test('whatever number or text is taken comes back bit by bit, under its own name', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(name, fc.oneof(number, text, fc.boolean())), { selector: ([key]) => key }),
      async (pairs) => {
        const slug = await api.putModel();
        const features = Object.fromEntries(pairs);
        const event = { prediction_id: 'e', prediction_timestamp: at, features };
        const answer = await post(slug, JSON.stringify({ events: [event] }));
        expect(answer.body).toMatchObject({ accepted: 1, rejected: [] });
        // JSON knows one zero.
        const written = JSON.parse(JSON.stringify(features));
        expect((await read(slug, 'e')).features).toEqual(written);
      },
    ),
    { numRuns: 100 },
  );
});

test.each([
  ['-0', 0],
  ['1e-400', 0],
  ['0.1', 0.1],
  ['0.30000000000000004', 0.30000000000000004],
  ['5e-324', 5e-324],
  ['1.7976931348623157e308', 1.7976931348623157e308],
  ['9007199254740992', 9007199254740992],
  ['100000000000000000000', 1e20],
])('%s comes back as %d', async (written, value) => {
  const slug = await api.putModel();
  const id = freshId();
  await post(
    slug,
    `{"events": [{"prediction_id": "${id}", "prediction_timestamp": "${at}", "features": {"x": ${written}}}]}`,
  );
  expect((await read(slug, id)).features.x).toBe(value);
});

test('what is refused for a rounded number is kept in quarantine as it was written', async () => {
  const slug = await api.putModel();
  const id = freshId();
  const row = `{"prediction_id": "${id}", "prediction_timestamp": "${at}", "features": {"x":  9007199254740993}}`;
  const { body } = await post(slug, `{"events": [${row}]}`);
  expect(body.rejected).toEqual([
    {
      index: 0,
      prediction_id: id,
      code: 'unsafe_integer',
      pointer: '/events/0/features/x',
      detail: expect.any(String),
    },
  ]);
  const { body: kept } = await api.call('GET', `/v1/models/${slug}/quarantine`);
  expect(JSON.stringify(kept.data)).toContain('9007199254740993');
});

test('16 clients that post the same 500 events in any order store each once', async () => {
  const slug = await api.putModel();
  const events = Array.from({ length: 500 }, (_, i) => ({
    prediction_id: `same-${i}`,
    prediction_timestamp: at,
  }));
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, client) => {
      const shuffled = events.map((_, i) => events[(i * 7 + client * 31) % 500]);
      return post(slug, JSON.stringify({ events: shuffled }));
    }),
  );
  const total = { accepted: 0, duplicates: 0, rejected: 0 };
  for (const { status, body } of answers) {
    expect(status).toBe(202);
    total.accepted += body.accepted;
    total.duplicates += body.duplicates;
    total.rejected += body.rejected.length;
  }
  expect(total).toEqual({ accepted: 500, duplicates: 7500, rejected: 0 });
});

test('a wrong key, a revoked one and one of the right prefix get the same answer', async () => {
  const { body: made } = await api.call('POST', '/v1/api-keys', { name: 'gone', scopes: ['read'] });
  await api.call('DELETE', `/v1/api-keys/${made.id}`);
  const documents = [];
  for (const key of ['pl_wrong', made.key, `${api.adminKey.slice(0, 11)}${'x'.repeat(35)}`]) {
    const { status, body } = await api.call('GET', '/v1/models', undefined, {
      headers: { authorization: `Bearer ${key}` },
    });
    const { request_id: _, ...document } = body;
    documents.push({ ...document, code: status });
  }
  expect(documents[0]).toMatchObject({ code: 401, type: expect.stringMatching(/invalid-key$/) });
  expect(documents[1]).toEqual(documents[0]);
  expect(documents[2]).toEqual(documents[0]);
});
