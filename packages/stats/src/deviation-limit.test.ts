import { expect, it } from 'vitest';
import { deviationLimit } from './deviation-limit.ts';

const tenth = Array.from({ length: 10 }, (_, i) => i);

// The values of NannyML's own tests; an offset from the minimum is one from the mean, moved.
it.each([
  [tenth, 3, 13.116844],
  [tenth, -3, -4.116844],
  [[-1, 1, 1, 1], -1, -1.8660254 + 1.5],
  [[-1, 1, 1, 1], -2, -2.7320508 + 1.5],
])('%j: %d deviations from the mean', (values, factor, limit) => {
  expect(deviationLimit(values, factor)).toBeCloseTo(limit, 6);
});

it('is not defined without values', () => {
  expect(deviationLimit([], 3)).toBeUndefined();
});
