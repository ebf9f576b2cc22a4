import type { Severity, ThresholdRule } from '@plumbline/contracts';

/** The limit a breaching value went beyond. */
export function thresholdOf(rule: ThresholdRule, severity: Severity, value: number): number | null {
  if (rule.direction === 'outside' && rule.lower != null && value < rule.lower) return rule.lower;
  const limits = severity === 'critical' ? [rule.critical, rule.warning] : [rule.warning, rule.critical];
  return limits.find((limit) => limit != null) ?? null;
}
