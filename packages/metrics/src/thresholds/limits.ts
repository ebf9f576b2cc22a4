import type { MetricInfo } from '@plumbline/contracts';

/** `learning` = too little history (limits that rest on other grounds may stand); `not_applicable` = none can be set. */
export type LimitStatus = 'ok' | 'learning' | 'not_applicable';

/** What a value may be without a breach; a null end is open. */
export interface Limits {
  lower: number | null;
  upper: number | null;
  status: LimitStatus;
}

export type Direction = 'above' | 'below' | 'outside';

/** Fewest past values that say how much a value varies. */
export const fewestValues = 6;

export const withoutLimits = (status: Exclude<LimitStatus, 'ok'>): Limits => ({
  lower: null,
  upper: null,
  status,
});

/** The band of ±`reach` around `centre`, open on the side that is no breach. */
export function around(centre: number, reach: number, direction: Direction): Limits {
  return {
    lower: direction === 'above' ? null : centre - reach,
    upper: direction === 'below' ? null : centre + reach,
    status: 'ok',
  };
}

/** Without the ends that no value of the metric can go beyond. */
export function withinRange(limits: Limits, [min, max]: MetricInfo['range']): Limits {
  const { lower, upper, status } = limits;
  return {
    lower: lower !== null && min !== null && lower < min ? null : lower,
    upper: upper !== null && max !== null && upper > max ? null : upper,
    status,
  };
}

/** Mean and sample standard deviation; null for fewer than two values. */
export function spreadOf(values: readonly number[]): { mean: number; deviation: number } | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
