import type { BinaryConfusion } from './binary-confusion.ts';
import { divide } from './divide.ts';

/** Share of positives that are found, TP/(TP+FN); also sensitivity, true positive rate. `undefined` without positives. */
export function recall({ tp, fn }: BinaryConfusion): number | undefined {
  return divide(tp, tp + fn);
}
