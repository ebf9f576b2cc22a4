import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyProfile } from './empty-profile.ts';
import { mergeProfiles } from './merge-profiles.ts';
import {
  categoricalColumn,
  numericColumn,
  profileBinary,
  profileColumn,
  profileErrors,
  profileOf,
} from './profile-fixture.ts';

const binSet = { columns: [numericColumn, categoricalColumn] };
const row = fc.record({
  x: fc.option(fc.double({ min: -1, max: 2, noNaN: true })),
  origin: fc.option(fc.constantFrom('ORD', 'LAX', 'JFK', 'XNA', 'new-1', 'new-2')),
  score: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  isPositive: fc.boolean(),
  prediction: fc.integer({ min: -50, max: 50 }),
  actual: fc.integer({ min: -50, max: 50 }),
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

function profile(rows: Row[]) {
  return profileOf(
    rows.length,
    {
      'features.x': profileColumn(
        numericColumn,
        rows.map(({ x }) => x),
      ),
      'features.origin': profileColumn(
        categoricalColumn,
        rows.map(({ origin }) => origin),
      ),
    },
    { ...profileBinary(rows), ...(rows.length > 0 ? { errors: profileErrors(rows) } : {}) },
  );
}

/** Order-free form with floats rounded, so that profiles made in another order compare equal. */
function canonical(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toFixed(6)) + 0;
  if (Array.isArray(value)) {
    const items = value.map(canonical);
    return items.every((item) => typeof item === 'object')
      ? items.map((i) => JSON.stringify(i)).sort()
      : items;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, canonical(entry)]),
  );
}

describe('mergeProfiles', () => {
  it('equals the profile of all rows together, however they were split', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat(59), { maxLength: 4 }),
        (rows, cuts) => {
          const bounds = [
            0,
            ...cuts.map((cut) => Math.min(cut, rows.length)).sort((a, b) => a - b),
            rows.length,
          ];
          const parts = bounds.slice(1).map((end, i) => profile(rows.slice(bounds[i], end)));
          expect(canonical(mergeProfiles(parts))).toEqual(canonical(profile(rows)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leaves a profile as it is when the empty one is added', () => {
    const some = profile([
      { x: 0.5, origin: 'ORD', score: 0.3, isPositive: true, prediction: 1, actual: 2 },
      { x: null, origin: 'new-1', score: 0.6, isPositive: false, prediction: 3, actual: 0 },
    ]);
    expect(canonical(mergeProfiles([emptyProfile(binSet), some, emptyProfile(binSet)]))).toEqual(
      canonical(some),
    );
  });

  it('gives no events for no profiles', () => {
    expect(mergeProfiles([])).toEqual({ events: 0, columns: {}, performance: { labelled: 0 } });
  });

  it('keeps the 10 most frequent unseen values', () => {
    const seen = (from: number) =>
      profileOf(55, {
        'features.origin': profileColumn(
          categoricalColumn,
          Array.from({ length: 10 }, (_, i) => new Array<string>(i + 1).fill(`v${from + i}`)).flat(),
        ),
      });
    const merged = mergeProfiles([seen(0), seen(5)]).columns['features.origin'];
    expect(merged?.unseen).toHaveLength(10);
    expect(merged?.unseen?.[0]).toEqual({ value: 'v9', count: 15 });
  });

  it('refuses profiles of different bins', () => {
    const other = { ...numericColumn, bins: { layout: 'numeric' as const, edges: [0, 1] } };
    const of = (column: typeof numericColumn) => profileOf(1, { 'features.x': profileColumn(column, [0.5]) });
    expect(() => mergeProfiles([of(numericColumn), of(other)])).toThrow(RangeError);
  });
});
