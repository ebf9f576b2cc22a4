import { balancedAccuracy } from './balanced-accuracy.ts';
import type { BinaryConfusion } from './binary-confusion.ts';

/**
 * Youden's J, recall + specificity − 1: range [−1, 1], 0 for guessing, however rare one class is. `undefined` when a class
 * is empty.
 * Source: Youden (1950), "Index for rating diagnostic tests".
 */
export function youdenJ(confusion: BinaryConfusion): number | undefined {
  const value = balancedAccuracy(confusion);
  return value === undefined ? undefined : 2 * value - 1;
}
