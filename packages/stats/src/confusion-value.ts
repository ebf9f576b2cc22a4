import type { BinaryConfusion } from './binary-confusion.ts';
import { type MeanInterval, meanInterval } from './mean-interval.ts';

/** What one row of each outcome is worth, in a unit of the user's; costs are negative. */
export type OutcomeValues = BinaryConfusion;

/** Mean and 95% normal interval of values that occur so often. `undefined` when there are fewer than two rows. */
function valueInterval(
  outcomes: readonly (readonly [count: number, value: number])[],
): MeanInterval | undefined {
  const n = outcomes.reduce((rows, [count]) => rows + count, 0);
  const sum = outcomes.reduce((total, [count, value]) => total + count * value, 0);
  const mean = sum / n;
  return meanInterval(
    n,
    sum,
    outcomes.reduce((total, [count, value]) => total + count * (value - mean) ** 2, 0),
  );
}

/**
 * Mean value of a row, with a 95% interval; times the number of rows it is the total. `undefined` when there are fewer
 * than two rows.
 */
export function confusionValue(
  { tp, fp, fn, tn }: BinaryConfusion,
  worth: OutcomeValues,
): MeanInterval | undefined {
  return valueInterval([
    [tp, worth.tp],
    [fp, worth.fp],
    [fn, worth.fn],
    [tn, worth.tn],
  ]);
}

/**
 * How much more a row is worth under `to` than under `from`, two thresholds on the same rows and the same score, with a
 * 95% interval. The rows are paired: those between the thresholds change their outcome, all others add exactly nothing,
 * so the interval is much narrower than the difference of two intervals. `undefined` with fewer than two rows.
 */
export function confusionValueGain(
  from: BinaryConfusion,
  to: BinaryConfusion,
  worth: OutcomeValues,
): MeanInterval | undefined {
  const positives = to.tp - from.tp;
  const negatives = to.fp - from.fp;
  const n = to.tp + to.fp + to.fn + to.tn;
  const moved = Math.abs(positives) + Math.abs(negatives);
  return valueInterval([
    [Math.abs(positives), Math.sign(positives) * (worth.tp - worth.fn)],
    [Math.abs(negatives), Math.sign(negatives) * (worth.fp - worth.tn)],
    [n - moved, 0],
  ]);
}
