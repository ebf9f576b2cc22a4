import { expect } from 'vitest';

/** Equal in shape, text and whole numbers; other numbers to a relative 1e-9 unless told. */
export function expectClose(found: unknown, wanted: unknown, tolerance = 1e-9, path = '$'): void {
  if (typeof wanted === 'number' && typeof found === 'number') {
    const allowed =
      Number.isInteger(wanted) && Number.isInteger(found) ? 0 : tolerance * Math.max(1, Math.abs(wanted));
    expect(Math.abs(found - wanted), `${path}: ${found} is not ${wanted}`).toBeLessThanOrEqual(allowed);
    return;
  }
  if (typeof wanted !== 'object' || wanted === null || typeof found !== 'object' || found === null) {
    expect(found, path).toEqual(wanted);
    return;
  }
  expect(Object.keys(found).sort(), path).toEqual(Object.keys(wanted).sort());
  const inFound = new Map(Object.entries(found));
  for (const [key, value] of Object.entries(wanted))
    expectClose(inFound.get(key), value, tolerance, `${path}.${key}`);
}
