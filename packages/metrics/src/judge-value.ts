import type { MetricInfo, Score, Severity, ThresholdRule } from '@plumbline/contracts';

type Limits = Pick<ThresholdRule, 'direction' | 'lower'>;

/**
 * How far `value` lies beyond `limit` in the bad direction; above 0 is a breach, 0 (equal) is not. With
 * `outside` the distance beyond the nearer end of [lower, limit]. The one place that knows directions.
 */
function beyond(value: number, limit: number, { direction, lower }: Limits): number {
  if (direction === 'above') return value - limit;
  if (direction === 'below') return limit - value;
  return Math.max(value - limit, (lower ?? Number.NEGATIVE_INFINITY) - value);
}

/**
 * Judges a number by a constant threshold: strictly beyond `critical`, else strictly beyond `warning`, else ok.
 * With `outside`, both severities share the lower end, which then means `warning` when the rule has one.
 */
export function judgeValue(value: number, rule: ThresholdRule): 'ok' | Severity {
  const isBeyond = (limit: number | null | undefined, limits: Limits) =>
    limit != null && beyond(value, limit, limits) > 0;
  const upperOnly: Limits = rule.warning == null ? rule : { direction: rule.direction };
  if (isBeyond(rule.critical, upperOnly)) return 'critical';
  return isBeyond(rule.warning, rule) ? 'warning' : 'ok';
}

/** Orders values by badness under a rule: greater is worse. */
export function badness(value: number, rule: ThresholdRule): number {
  return beyond(value, rule.warning ?? rule.critical ?? 0, rule);
}

/** The number a threshold applies to: the p-value of metrics that measure one, else the value; null = not judged. */
export function judgedNumber(score: Score, measures: MetricInfo['measures']): number | null {
  if (score.status !== 'ok') return null;
  return measures === 'p_value' ? (score.pValue ?? null) : score.value;
}

/** The threshold rule of a metric's default threshold; null when it has none or knows no bad direction. */
export function defaultRule(info: MetricInfo): ThresholdRule | null {
  if (info.default_threshold === null || info.worse === 'either') return null;
  const direction = info.worse === 'higher' ? 'above' : 'below';
  return { kind: 'constant', warning: info.default_threshold, direction };
}
