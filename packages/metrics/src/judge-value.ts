import type { MetricInfo, Score, Severity, ThresholdRule } from '@plumbline/contracts';
import { constantLimits } from './thresholds/constant-limits.ts';
import type { Limits } from './thresholds/limits.ts';

/** What a value may be in one window; a severity without limits is never reached. */
export interface SeverityLimits {
  warning: Limits | null;
  critical: Limits | null;
}

/** How far `value` lies beyond the nearer end of what it may be; above 0 is a breach, 0 (equal) is not. */
function beyond(value: number, { lower, upper }: Limits): number {
  return Math.max(value - (upper ?? Number.POSITIVE_INFINITY), (lower ?? Number.NEGATIVE_INFINITY) - value);
}

/** Judges a number: strictly beyond the limits of `critical`, else strictly beyond those of `warning`, else ok. */
export function judgeValue(value: number, { warning, critical }: SeverityLimits): 'ok' | Severity {
  if (critical && beyond(value, critical) > 0) return 'critical';
  return warning && beyond(value, warning) > 0 ? 'warning' : 'ok';
}

/** Orders values by badness: greater is worse. */
export function badness(value: number, { warning, critical }: SeverityLimits): number {
  const limits = warning ?? critical;
  return limits ? beyond(value, limits) : Number.NEGATIVE_INFINITY;
}

/** The limit that a breaching value went beyond. */
export function breachedLimit(
  value: number,
  severity: Severity,
  { warning, critical }: SeverityLimits,
): number | null {
  const ordered = severity === 'critical' ? [critical, warning] : [warning, critical];
  for (const limits of ordered) {
    if (limits?.lower != null && value < limits.lower) return limits.lower;
    if (limits?.upper != null && value > limits.upper) return limits.upper;
  }
  return null;
}

/** The number a threshold applies to: the p-value of metrics that measure one, else the value; null = not judged. */
export function judgedNumber(score: Score, measures: MetricInfo['measures']): number | null {
  if (score.status !== 'ok') return null;
  return measures === 'p_value' ? (score.pValue ?? null) : score.value;
}

/** The limits of a metric's default threshold; null when it has none or knows no bad direction. */
export function defaultLimits(info: MetricInfo): SeverityLimits | null {
  if (info.default_threshold === null || info.worse === 'either') return null;
  const direction = info.worse === 'higher' ? 'above' : 'below';
  const rule: ThresholdRule = { kind: 'constant', warning: info.default_threshold, direction };
  return constantLimits(rule);
}
