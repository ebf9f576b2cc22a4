import type { BinaryConfusion } from './binary-confusion.ts';
import { recall } from './recall.ts';
import { specificity } from './specificity.ts';

/** Mean of recall and specificity. `undefined` when a class is empty. */
export function balancedAccuracy(confusion: BinaryConfusion): number | undefined {
  const truePositiveRate = recall(confusion);
  const trueNegativeRate = specificity(confusion);
  if (truePositiveRate === undefined || trueNegativeRate === undefined) return undefined;
  return (truePositiveRate + trueNegativeRate) / 2;
}
