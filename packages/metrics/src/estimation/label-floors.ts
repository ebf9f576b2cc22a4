import { classFloor, labelFloor } from '../performance/performance-metric.ts';
import type { NoEstimator } from './estimator.ts';

/** Labelled reference events, and those of the rarest class, below which an estimate is of low confidence. */
const firmLabels = 1000;
const firmClass = 100;

/** Whether a reference has enough labels for an estimate, and for one to rely on. */
export function labelFloors(n: number, rarest: number): NoEstimator | { weakness: string | null } {
  const have = `The reference has ${n} labelled events, ${rarest} of the rarest class`;
  if (n < labelFloor || rarest < classFloor)
    return {
      status: 'insufficient_data',
      reason: `${have}; an estimate needs ${labelFloor} and ${classFloor}.`,
    };
  if (n >= firmLabels && rarest >= firmClass) return { weakness: null };
  return { weakness: `${have}; below ${firmLabels} and ${firmClass} the confidence is low.` };
}
