import { binomialSurvival, invertIncreasing } from '@plumbline/stats';

export interface Persistence {
  breaches: number;
  of: number;
}

/** Chance of three standard deviations on one side. */
const alarmLevel = 0.00135;

/** The chance of a breach in one window that makes an alarm, so many breaches among so many windows, as rare as 3 σ. */
export function windowLevel({ breaches, of }: Persistence): number {
  return invertIncreasing((p) => binomialSurvival(breaches, of, p), alarmLevel, { low: 0, high: 1 });
}

/** How many judged windows in a row without a breach end an alarm. */
export const clearAfter = ({ of }: Persistence): number => (of === 1 ? 1 : 2);
