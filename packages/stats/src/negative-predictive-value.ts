import type { BinaryConfusion } from './binary-confusion.ts';
import { divide } from './divide.ts';

/** Share of predicted negatives that are negative, TN/(TN+FN). `undefined` when nothing is predicted negative. */
export function negativePredictiveValue({ tn, fn }: BinaryConfusion): number | undefined {
  return divide(tn, tn + fn);
}
