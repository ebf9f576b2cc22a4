import type { AttributeGroup, GroupOutcomes } from '@plumbline/contracts';

const none = () => ({ n: 0, mean: 0, m2: 0 });
const zeros = () => new Array<number>(10).fill(0);

/** Outcomes of labelled predictions without scores. */
export function outcomesOf(tp: number, fp: number, fn: number, tn: number): GroupOutcomes {
  const events = tp + fp + fn + tn;
  return {
    events,
    labelled: events,
    predicted: events,
    selected: tp + fp,
    confusion: { tp, fp, fn, tn },
    judged: events,
    correct: tp + tn,
    scores: none(),
    calibration: { positives: zeros(), negatives: zeros(), scoreSums: zeros() },
    errors: none(),
    absoluteErrors: none(),
  };
}

/** Groups `g0`, `g1` … of these counts. */
export const groupsOf = (counts: number[][]): AttributeGroup[] =>
  counts.map(([tp = 0, fp = 0, fn = 0, tn = 0], i) => ({
    values: [`g${i}`],
    outcomes: outcomesOf(tp, fp, fn, tn),
  }));
