import type { BinaryConfusion } from './binary-confusion.ts';
import type { Interval } from './interval.ts';
import { wilson } from './wilson.ts';
import { z95 } from './z95.ts';

/**
 * Interval of F1, 95% by default. F1 = 2J/(1+J) rises with J = TP/(TP+FP+FN), the share of true positives among the
 * rows that are or are predicted positive: the Wilson interval of that proportion, carried through.
 * `undefined` when no row is or is predicted positive.
 */
export function f1Interval({ tp, fp, fn }: BinaryConfusion, z = z95): Interval | undefined {
  const interval = wilson(tp, tp + fp + fn, z);
  if (!interval) return undefined;
  const carry = (share: number) => (2 * share) / (1 + share);
  return { lower: carry(interval.lower), upper: carry(interval.upper) };
}
