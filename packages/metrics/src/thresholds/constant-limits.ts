import type { ThresholdRule } from '@plumbline/contracts';
import type { Limits } from './limits.ts';

/**
 * The limits of a constant threshold. With `outside`, both severities share the lower end, which then means `warning`
 * when the rule has one.
 */
export function constantLimits(rule: Extract<ThresholdRule, { kind: 'constant' }>): {
  warning: Limits | null;
  critical: Limits | null;
} {
  const { direction, lower = null, warning, critical } = rule;
  const limits = (limit: number | null | undefined, hasLower: boolean): Limits | null => {
    if (limit == null) return null;
    if (direction === 'below') return { lower: limit, upper: null, status: 'ok' };
    return { lower: direction === 'outside' && hasLower ? lower : null, upper: limit, status: 'ok' };
  };
  return { warning: limits(warning, true), critical: limits(critical, warning == null) };
}
