import { expect } from 'vitest';

/** Asserts |actual − expected| ≤ tolerance·max(1, |expected|); an expected `null` stands for `undefined`. */
export function expectClose(actual: number | undefined, expected: number | null, tolerance = 1e-9): void {
  if (expected === null) {
    expect(actual).toBeUndefined();
    return;
  }
  const error = Math.abs((actual ?? Number.NaN) - expected) / Math.max(1, Math.abs(expected));
  expect(error, `actual ${actual}, expected ${expected}`).toBeLessThanOrEqual(tolerance);
}
