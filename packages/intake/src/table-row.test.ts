import { expect, test } from 'vitest';
import { createRowMaker, kindOfText } from './table-row.ts';

const features = [{ name: 'code', kind: 'categorical' as const, sensitive: false }];

function rowOf(header: string[], record: unknown[], options: object = {}) {
  const all = { rowKind: 'events' as const, features, map: undefined, chunkRows: 1, ...options };
  return createRowMaker(header, all, kindOfText)(record);
}

test('columns go by their names or by the map, and take the types their targets want', () => {
  const header = [
    'id',
    'code',
    'amount',
    'fresh',
    'tags.shop',
    'shap_values.code',
    'prediction_scores.yes',
    'x',
  ];
  const record = ['7', '007', '1.5e2', 'true', '12', '-0.25', '.75', 'ignored'];
  const map = JSON.stringify({ id: 'prediction_id', x: null, amount: 'features.total' });
  expect(rowOf(header, record, { map })).toEqual({
    prediction_id: '7',
    features: { code: '007', total: 150, fresh: true },
    tags: { shop: '12' },
    shap_values: { code: -0.25 },
    prediction_scores: { yes: 0.75 },
  });
});

test('what has no value is left out, but for features, where it is null', () => {
  const header = ['prediction_label', 'code', 'tags.shop', 'shap_values.code'];
  expect(rowOf(header, [null, null, null])).toEqual({ features: { code: null }, tags: {} });
});

test('text that is no number stays text for the row to be refused by', () => {
  expect(rowOf(['prediction_score', 'rank'], ['n/a', '1 '])).toMatchObject({
    prediction_score: 'n/a',
    rank: '1 ',
  });
});

test('actuals take their fields and leave other columns out', () => {
  const header = ['prediction_id', 'actual_score', 'distance', 'prediction_score'];
  expect(rowOf(header, ['p', '2', '3', '4'], { rowKind: 'actuals' })).toEqual({
    prediction_id: 'p',
    actual_score: 2,
  });
  const wrong = { rowKind: 'actuals', map: '{"distance":"features.distance"}' };
  expect(() => rowOf(header, [], wrong)).toThrow('actuals have no field');
});

test.each([
  ['2026-01-05 06:30:00', '2026-01-05T06:30:00Z'],
  ['2026-01-05T06:30:00.125', '2026-01-05T06:30:00.125Z'],
  ['2026-01-05 06:30', '2026-01-05T06:30:00Z'],
  ['2026-01-05', '2026-01-05T00:00:00Z'],
  ['2026-01-05 06:30:00+02:00', '2026-01-05T06:30:00+02:00'],
  ['2026-01-05T06:30:00-05:00', '2026-01-05T06:30:00-05:00'],
  ['1767594600', 1_767_594_600],
  ['5 January', '5 January'],
])('the time %s is taken for %s where UTC is assumed, and as it is elsewhere', (text, time) => {
  const header = ['prediction_timestamp'];
  expect(rowOf(header, [text], { assumeUtc: true }).prediction_timestamp).toBe(time);
  const plain = typeof time === 'number' ? time : text;
  expect(rowOf(header, [text]).prediction_timestamp).toBe(plain);
});
