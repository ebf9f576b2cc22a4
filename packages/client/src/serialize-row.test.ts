import { expect, test } from 'vitest';
import { serializeRow } from './serialize-row.ts';

const ownCycle = () => {
  const row: Record<string, unknown> = { prediction_id: 'p' };
  row.self = row;
  return row;
};
const hostile = new Proxy(
  {},
  {
    get: () => {
      throw new Error('no');
    },
    ownKeys: () => {
      throw new Error('no');
    },
  },
);

test('NaN counts as missing, a Date is written in UTC, what is undefined is left out', () => {
  const row = { a: Number.NaN, at: new Date(0), b: undefined, c: [1, 'é'] };
  const json = '{"a":null,"at":"1970-01-01T00:00:00.000Z","c":[1,"é"]}';
  expect(serializeRow(row)).toEqual({ json, bytes: Buffer.byteLength(json) });
});

test.each([
  [
    'an infinite number',
    { prediction_id: 'p', features: { 'a/b~c': 1 / 0 } },
    'number_out_of_range',
    '/features/a~1b~0c',
    'p',
  ],
  ['a negative infinite number in a list', { x: [1, -1 / 0] }, 'number_out_of_range', '/x/1', null],
  ['a bigint', { prediction_id: 'p', rank: 3n }, 'type_mismatch', '/rank', 'p'],
  ['a cycle', ownCycle(), 'too_deep', '', 'p'],
  ['nothing', undefined, 'type_mismatch', '', null],
  ['null', null, 'type_mismatch', '', null],
  ['a text', 'p', 'type_mismatch', '', null],
  ['a function', () => 1, 'type_mismatch', '', null],
  [
    'a row of more than 256 KiB',
    { prediction_id: 'p', note: 'é'.repeat(131_072) },
    'event_too_large',
    '',
    'p',
  ],
  ['an object that throws at every touch', hostile, 'type_mismatch', '', null],
])('%s is a fault with code and pointer', (_title, row, code, pointer, prediction_id) => {
  expect(serializeRow(row)).toEqual({ fault: { code, pointer, prediction_id, detail: expect.any(String) } });
});

test('what toJSON returns is taken as it is', () => {
  expect(serializeRow({ toJSON: () => ({ a: 1 }) })).toEqual({ json: '{"a":1}', bytes: 7 });
});
