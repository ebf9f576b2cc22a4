import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profilePredictions, profileScored } from './estimation/scored-rows-fixture.ts';
import { mergeProfiles } from './merge-profiles.ts';

/** Scores that are exact sums of powers of two: their sums do not depend on the order. */
const row = fc.record({
  score: fc.integer({ min: 0, max: 64 }).map((x) => x / 64),
  isPredicted: fc.boolean(),
  isPositive: fc.boolean(),
});

describe('predictions of merged profiles', () => {
  it('are those of all rows together, however they were split', () => {
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 20 }), { minLength: 1, maxLength: 5 }), (parts) => {
        const merged = mergeProfiles(parts.map(profileScored));
        expect(merged.performance.predictions).toEqual(profilePredictions(parts.flat()));
      }),
    );
  });

  it('are not known when those of a part with events are not', () => {
    const kept = profileScored([{ score: 0.5, isPredicted: true, isPositive: true }]);
    const older = { events: 1, columns: {}, performance: { labelled: 0 } };
    expect(mergeProfiles([kept, older, kept]).performance.predictions).toBeUndefined();
    const merged = mergeProfiles([kept, { ...older, events: 0 }]);
    expect(merged.performance.predictions).toEqual(kept.performance.predictions);
  });
});
