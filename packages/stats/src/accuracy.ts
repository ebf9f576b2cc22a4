import type { BinaryConfusion } from './binary-confusion.ts';
import { divide } from './divide.ts';

/** Share of rows predicted rightly, (TP+TN)/n. `undefined` without rows. */
export function accuracy({ tp, fp, fn, tn }: BinaryConfusion): number | undefined {
  return divide(tp + tn, tp + fp + fn + tn);
}
