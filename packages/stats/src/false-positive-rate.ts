import type { BinaryConfusion } from './binary-confusion.ts';
import { divide } from './divide.ts';

/** Share of negatives predicted positive, FP/(TN+FP). `undefined` without negatives. */
export function falsePositiveRate({ tn, fp }: BinaryConfusion): number | undefined {
  return divide(fp, tn + fp);
}
