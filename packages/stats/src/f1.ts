import type { BinaryConfusion } from './binary-confusion.ts';
import { divide } from './divide.ts';

/** Harmonic mean of precision and recall, 2TP/(2TP+FP+FN). `undefined` when no row is or is predicted positive. */
export function f1({ tp, fp, fn }: BinaryConfusion): number | undefined {
  return divide(2 * tp, 2 * tp + fp + fn);
}
