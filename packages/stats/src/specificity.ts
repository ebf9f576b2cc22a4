import type { BinaryConfusion } from './binary-confusion.ts';
import { divide } from './divide.ts';

/** Share of negatives predicted negative, TN/(TN+FP); also true negative rate. `undefined` without negatives. */
export function specificity({ tn, fp }: BinaryConfusion): number | undefined {
  return divide(tn, tn + fp);
}
