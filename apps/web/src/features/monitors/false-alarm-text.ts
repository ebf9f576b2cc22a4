import { chartSettings, type Granularity, type Monitor } from '@plumbline/contracts';
import { cusumRunLength, ewmaRunLength } from '@plumbline/stats';
import { formatShort } from '../../format-number.ts';

type Threshold = Monitor['threshold'];

/** Windows from one false alarm to the next, on average; null for thresholds that do not say. */
function runLength(threshold: Threshold): number | null {
  const { kind, warning, critical, direction } = threshold;
  const limit = warning ?? critical;
  if (limit == null || !(limit > 0)) return null;
  const sides = direction === 'outside' ? 2 : 1;
  const { slack, weight, delta } = chartSettings;
  if (kind === 'cusum') return cusumRunLength({ slack, limit, sides }) ?? null;
  if (kind === 'ewma') return ewmaRunLength({ weight, width: limit, sides }) ?? null;
  // With the mean known, a Page–Hinkley test is a CUSUM that forgives little.
  return kind === 'page_hinkley' ? (cusumRunLength({ slack: delta, limit, sides }) ?? null) : null;
}

/** How often a threshold raises an alarm for nothing, in words; null when it does not say. */
export function falseAlarmText(threshold: Threshold, granularity: Granularity): string | null {
  const windows = runLength(threshold);
  if (windows === null) return null;
  if (windows < 1.5) return `Every ${granularity} would be an alarm.`;
  const rounded = Number(windows.toPrecision(2));
  const every =
    rounded < 100_000 ? `${formatShort(rounded)} ${granularity}s` : `100,000 ${granularity}s or more`;
  return `About one false alarm per ${every}, while the value varies as in the reference and one ${granularity} does not depend on another.`;
}
