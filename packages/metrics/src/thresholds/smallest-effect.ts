import type { MetricInfo } from '@plumbline/contracts';

/** A change by 5 points of a share, which windows of 500 rows can show, is a Jensen–Shannon distance of about this. */
const categoricalEffects: Readonly<Record<string, number>> = {
  js_distance: 0.05,
  hellinger: 0.05,
  tvd: 0.05,
  l_infinity: 0.05,
};

/**
 * The smallest change that matters to an `auto` threshold that names none. A distance: what is usual for the metric,
 * less for those of categories, where noise is kept out by other means. Rates: 5 points; scores: 3 points; losses,
 * errors and counts: 10 % of the usual value.
 */
export function smallestEffect(info: MetricInfo, usual: number): number {
  if (info.needs_reference) return categoricalEffects[info.metric] ?? info.default_threshold ?? 0;
  if (info.measures === 'rate') return 0.05;
  return info.measures === 'score' ? 0.03 : 0.1 * Math.abs(usual);
}
