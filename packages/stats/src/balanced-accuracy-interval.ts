import { balancedAccuracy } from './balanced-accuracy.ts';
import type { BinaryConfusion } from './binary-confusion.ts';
import type { Interval } from './interval.ts';
import { wilson } from './wilson.ts';
import { z95 } from './z95.ts';

/**
 * Interval of balanced accuracy, 95% by default: the Wilson intervals of recall and specificity, which are independent,
 * put together by their distances from the estimates (MOVER). `undefined` when a class is empty.
 * Source: Newcombe (1998), "Interval estimation for the difference between independent proportions", method 10.
 */
export function balancedAccuracyInterval(confusion: BinaryConfusion, z = z95): Interval | undefined {
  const { tp, fp, fn, tn } = confusion;
  const value = balancedAccuracy(confusion);
  const recall = wilson(tp, tp + fn, z);
  const specificity = wilson(tn, tn + fp, z);
  if (value === undefined || !recall || !specificity) return undefined;
  const rates = [tp / (tp + fn), tn / (tn + fp)] as const;
  return {
    lower: value - Math.hypot(rates[0] - recall.lower, rates[1] - specificity.lower) / 2,
    upper: value + Math.hypot(recall.upper - rates[0], specificity.upper - rates[1]) / 2,
  };
}
