import type { BinaryConfusion } from './binary-confusion.ts';
import { divide } from './divide.ts';

/** Share of positives predicted negative, FN/(TP+FN). `undefined` without positives. */
export function falseNegativeRate({ tp, fn }: BinaryConfusion): number | undefined {
  return divide(fn, tp + fn);
}
