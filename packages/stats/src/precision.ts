import type { BinaryConfusion } from './binary-confusion.ts';
import { divide } from './divide.ts';

/** Share of predicted positives that are positive, TP/(TP+FP). `undefined` when nothing is predicted positive. */
export function precision({ tp, fp }: BinaryConfusion): number | undefined {
  return divide(tp, tp + fp);
}
