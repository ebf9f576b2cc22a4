import fc from 'fast-check';

const count = fc.oneof(fc.nat(20), fc.nat(100_000), fc.constant(0));

/** Two count vectors over the same 1–25 bins, neither empty. */
export const countPairs = fc
  .array(fc.tuple(count, count), { minLength: 1, maxLength: 25 })
  .filter((pairs) => pairs.some(([a]) => a > 0) && pairs.some(([, b]) => b > 0))
  .map((pairs) => ({ reference: pairs.map(([a]) => a), current: pairs.map(([, b]) => b) }));

/** A non-empty sample with ties. */
export const sample = fc.array(
  fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.double({ min: -1e4, max: 1e4, noNaN: true }).map((value) => value + 0),
  ),
  { minLength: 1, maxLength: 60 },
);

/** Scores on a coarse or fine grid in [0, 1] with labels of both classes. */
export const labelledScores = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.nat(10).map((i) => i / 10),
        fc.nat(1e6).map((i) => i / 1e6),
      ),
      fc.boolean(),
    ),
    { minLength: 2, maxLength: 80 },
  )
  .filter((rows) => rows.some(([, label]) => label) && rows.some(([, label]) => !label))
  .map((rows) => ({ scores: rows.map(([score]) => score), labels: rows.map(([, label]) => label) }));
