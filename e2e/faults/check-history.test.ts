import { expect, test } from 'vitest';
import { checkHistory, expectationOf } from './check-history.ts';
import type { HistoryEntry, Invoked, Returned } from './history.ts';

const invoke = (op: number, ids: string[], change: Partial<Invoked> = {}): Invoked => ({
  type: 'invoke',
  op,
  atMs: 0,
  kind: 'events',
  rows: ids.map((id) => [id, `says ${id}`]),
  isRepeat: false,
  ...change,
});
const ok = (op: number, accepted: number, duplicates = 0): Returned => ({
  type: 'ok',
  op,
  atMs: 0,
  status: 202,
  why: '',
  answer: { accepted, duplicates, rejected: 0 },
});
const lostAnswer = (op: number): Returned => ({ type: 'info', op, atMs: 0, status: 0, why: 'ECONNRESET' });
const row = (id: string, says = `says ${id}`) => ({ id, says });
const nothing = { lost: [], unexpected: [], repeated: [], changed: [], wrongAnswers: [] };

test('acknowledged rows must be stored, rows without an answer may be, either way once', () => {
  const entries: HistoryEntry[] = [
    invoke(1, ['a', 'b']),
    ok(1, 2),
    invoke(2, ['c', 'd']),
    lostAnswer(2),
    invoke(3, ['e']),
  ];
  expect(
    checkHistory(
      entries,
      ['a', 'b'].map((id) => row(id)),
    ),
  ).toEqual(nothing);
  expect(
    checkHistory(
      entries,
      ['a', 'b', 'c', 'd', 'e'].map((id) => row(id)),
    ),
  ).toEqual(nothing);
});

test.each([
  ['an acknowledged row that is not stored is lost', [row('a')], { lost: ['b'] }],
  ['a stored row that nobody sent is unexpected', [row('a'), row('b'), row('z')], { unexpected: ['z'] }],
  ['a row stored twice is repeated', [row('a'), row('b'), row('b')], { repeated: ['b'] }],
  ['a row with other contents is changed', [row('a'), row('b', 'else')], { changed: ['b'] }],
])('%s', (_, stored, found) => {
  expect(checkHistory([invoke(1, ['a', 'b']), ok(1, 2)], stored)).toEqual({ ...nothing, ...found });
});

test('a row that was open and then acknowledged counts as acknowledged', () => {
  const entries: HistoryEntry[] = [invoke(1, ['a']), lostAnswer(1), invoke(2, ['a']), ok(2, 0, 1)];
  expect(checkHistory(entries, []).lost).toEqual(['a']);
});

test.each<[string, Invoked, Returned, number]>([
  ['some rows neither accepted nor duplicates', invoke(1, ['a', 'b']), ok(1, 1), 1],
  ['a repeat that is accepted anew', invoke(1, ['a'], { isRepeat: true }), ok(1, 1), 1],
  ['a repeat that is a duplicate', invoke(1, ['a'], { isRepeat: true }), ok(1, 0, 1), 0],
  ['a failure of the server itself', invoke(1, ['a']), { ...lostAnswer(1), status: 500 }, 1],
  ['a request to come again', invoke(1, ['a']), { ...lostAnswer(1), status: 503 }, 0],
  ['good rows refused', invoke(1, ['a']), { ...ok(1, 0), type: 'fail', status: 422 }, 1],
  ['other contents under a known id accepted', invoke(1, ['a'], { kind: 'conflict' }), ok(1, 0, 1), 1],
  [
    'other contents under a known id refused',
    invoke(1, ['a'], { kind: 'conflict' }),
    { ...ok(1, 0), type: 'fail', status: 422, why: 'all-items-rejected' },
    0,
  ],
])('%s: %#', (_, asked, returned, faults) => {
  expect(checkHistory([asked, returned], [row('a'), row('b')]).wrongAnswers).toHaveLength(faults);
});

test('the latest truth by its own time stands, whatever came in last', () => {
  const truth = (op: number, label: string, at: string): HistoryEntry[] => [
    invoke(op, [], { kind: 'actuals', rows: [['a', `${label} ${at}`]] }),
    ok(op, 1),
  ];
  const entries = [...truth(1, 'yes', '2026-01-02'), ...truth(2, 'no', '2026-01-01')];
  expect(expectationOf(entries).labels).toEqual(new Map([['a', 'yes']]));
});
