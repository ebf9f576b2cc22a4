import type { CorrelationPair } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { changeLevel, orderPairs, pairText } from './correlation-text.ts';

const pair = (change: number | null, changed = false): CorrelationPair => ({
  columns: ['distance', 'origin'],
  measure: 'correlation_ratio',
  reference: change === null ? null : 0.5,
  current: change === null ? null : 0.5 + change,
  change,
  p_value: 0.01,
  adjusted_p: 0.02,
  changed,
  status: change === null ? 'insufficient_data' : 'ok',
  n_reference: 5000,
  n_current: 40,
  pearson: null,
});

test.each([
  [null, null],
  [0, 0],
  [-0.06, 1],
  [0.15, 2],
  [-0.2, 3],
  [0.3, 3],
  [-0.9, 4],
])('a change by %s has level %s', (change, level) => {
  expect(changeLevel({ change })).toBe(level);
});

test('a pair says its verdict, both values and how many rows', () => {
  expect(pairText(pair(-0.25, true))).toBe(
    'distance and origin changed: correlation ratio 0.500 in the reference, 0.250 now (−0.250), adjusted p 0.0200, 5,000 and 40 rows',
  );
  expect(pairText(pair(null))).toBe('distance and origin: insufficient data, 5,000 and 40 rows');
});

test('the changed come first, then the largest change', () => {
  const order = orderPairs([pair(null), pair(0.1), pair(0.4), pair(-0.25, true)]);
  expect(order.map(({ change }) => change)).toEqual([-0.25, 0.4, 0.1, null]);
});
