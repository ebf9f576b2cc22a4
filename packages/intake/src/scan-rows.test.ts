import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDamaged, scanRows } from './scan-rows.ts';

describe('an integer is damaged when reading and writing it gives another text', () => {
  test.each([
    ['9007199254740992', false],
    ['9007199254740993', true],
    ['-9007199254740993', true],
    ['9223372036854775808', true],
    ['123456789012345678', true],
    ['100000000000000000000', false],
    ['1e300', false],
    ['9007199254740993.0', false],
    ['0.12345678901234567', false],
    ['999999999999999', false],
  ])('%s: %s', (text, damaged) => {
    expect(isDamaged(text)).toBe(damaged);
  });
});

const row = '{"prediction_id":"a","features":{"x":1}}';

test.each<[string, string, object]>([
  ['a clean body', `{"events":[${row},${row}]}`, {}],
  [
    'an id twice, whatever its value and spaces',
    `{"events":[${row},{"prediction_id" : "{\\"", "prediction_id":"b"}]}`,
    { 1: { duplicateField: '/prediction_id' } },
  ],
  [
    'an id written in escapes',
    `{"events":[{"prediction\\u005fid":1,"prediction_id":2}]}`,
    { 0: { duplicateField: '/prediction_id' } },
  ],
  ['another field twice', '{"events":[{"rank":1,"rank":2}]}', {}],
  ['an id twice below the row', '{"events":[{"tags":{"prediction_id":1,"prediction_id":2}}]}', {}],
  [
    'an integer deep inside, with its pointer',
    '{"events":[{},{"embedding_features":{"a/b":{"vector":[1,9007199254740993,9007199254740995]}}}]}',
    { 1: { unsafeInteger: '/embedding_features/a~1b/vector/1' } },
  ],
  ['an integer of another list', '{"other":[9007199254740993],"events":[{}]}', {}],
  ['an integer as a text', '{"events":[{"features":{"x":"9007199254740993"}}]}', {}],
  [
    'both',
    '{"events":[{"rank":9007199254740993,"prediction_id":1,"prediction_id":1}]}',
    { 0: { unsafeInteger: '/rank', duplicateField: '/prediction_id' } },
  ],
])('%s', (_, text, rows) => {
  JSON.parse(text);
  expect(Object.fromEntries(scanRows(text, 'events').rows)).toMatchObject(rows);
  expect(scanRows(text, 'events').rows.size).toBe(Object.keys(rows).length);
});

test('the text of a damaged row is the row alone', () => {
  const bad = '{"prediction_id": 1, "features": {"x": [9007199254740993]}}';
  const damage = scanRows(`{"events": [ ${row} , ${bad} ]}`, 'events').rows.get(1);
  expect(`{"events": [ ${row} , ${bad} ]}`.slice(damage?.start, damage?.end)).toBe(bad);
});

test('a line is a row of its own', () => {
  expect(scanRows('{"prediction_id":1,"prediction_id":2}', null).rows.get(0)).toMatchObject({
    duplicateField: '/prediction_id',
  });
  expect(scanRows('17', null).rows.size).toBe(0);
});

test('a list of the envelope that comes twice is named', () => {
  expect(scanRows('{"events":[],"events":[]}', 'events').duplicateField).toBe('events');
});

test('depth is no matter', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  expect(scanRows(`{"events":[{"x":${deep}}]}`, 'events').rows.size).toBe(0);
});

test('whatever JSON holds, nothing serialized by JavaScript is damaged', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.boolean(), (events, spaced) => {
      const text = JSON.stringify({ events }, null, spaced ? 2 : 0);
      const { rows, duplicateField } = scanRows(text, 'events');
      expect([rows.size, duplicateField]).toEqual([0, null]);
    }),
  );
});
