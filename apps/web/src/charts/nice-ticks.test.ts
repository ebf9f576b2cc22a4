import fc from 'fast-check';
import { expect, it } from 'vitest';
import { niceTicks } from './nice-ticks.ts';

it.each([
  [0, 0.418, [0, 0.2, 0.4, 0.6]],
  [0.404, 0.903, [0.4, 0.6, 0.8, 1]],
  [0, 500, [0, 200, 400, 600]],
  [1, 1, [0.9, 0.95, 1, 1.05, 1.1]],
  [0, 0, [-0.1, -0.05, 0, 0.05, 0.1]],
] as const)('spans [%s, %s] with %j', (low, high, ticks) => {
  expect(niceTicks(low, high)).toEqual(ticks);
});

it('always covers the range with few ticks', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      fc.pre(high === low || high - low > 1e-6);
      const ticks = niceTicks(low, high);
      const slack = (high - low) * 1e-6 + 1e-9;
      expect(ticks[0]).toBeLessThanOrEqual(low + slack);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - slack);
      expect(ticks.length).toBeLessThanOrEqual(7);
    }),
  );
});
