import { chartSettings, type ThresholdRule } from '@plumbline/contracts';
import { type ChartState, type ControlChart, cusum, ewma, newChart, pageHinkley } from '@plumbline/stats';
import { type Direction, fewestValues, type Limits, spreadOf, withoutLimits } from './limits.ts';

type ChartRule = Extract<ThresholdRule, { kind: 'cusum' | 'ewma' | 'page_hinkley' }>;

export const isChartRule = (rule: ThresholdRule): rule is ChartRule =>
  rule.kind === 'cusum' || rule.kind === 'ewma' || rule.kind === 'page_hinkley';

/** How many windows back charts are followed: what lies before has no say in where they stand. */
export const chartWindows = 400;

export interface ChartValue {
  /** Null: not judged; the chart stands still. */
  value: number | null;
  /** Standard error of the value itself; null = not known. */
  standardError: number | null;
}

function chartOf(kind: ChartRule['kind'], size: number): ControlChart {
  const { slack, weight, delta, forgetting, fewest } = chartSettings;
  if (kind === 'cusum') return cusum({ slack, limit: size });
  if (kind === 'ewma') return ewma({ weight, width: size });
  return pageHinkley({ delta, limit: size, forgetting, fewest });
}

/**
 * What each of a sequence of values may be without an alarm of a control chart. Values are standardised by mean and
 * deviation of the values of the reference's windows, or the standard error of the value itself if that is greater; each
 * side forgives another 1/√K deviations for K windows, since their mean is not known better.
 *
 * After an alarm the statistic stays at its limit, so that an alarm lasts while values keep on the side of the change,
 * and both sides begin anew when `clearAfter` judged values in a row do not. `learning` for fewer than six windows,
 * `not_applicable` when nothing varies.
 */
export function chartLimits(
  values: readonly ChartValue[],
  options: {
    kind: ChartRule['kind'];
    size: number;
    direction: Direction;
    /** Values of the windows of the reference. */
    chunks: readonly number[];
    clearAfter: number;
  },
): Limits[] {
  const { kind, size, direction, chunks, clearAfter } = options;
  const spread = chunks.length < fewestValues ? null : spreadOf(chunks);
  if (!spread) return values.map(() => withoutLimits('learning'));
  const forgiven = 1 / Math.sqrt(chunks.length);
  const chart = chartOf(kind, size);
  const capped = (state: ChartState): ChartState => ({
    ...state,
    statistic: Math.min(state.statistic, chart.limit),
  });
  let [upper, lower] = [newChart, newChart];
  let calm: number | null = null;

  return values.map(({ value, standardError }) => {
    const deviation = Math.max(spread.deviation, standardError ?? 0);
    if (deviation === 0) return withoutLimits('not_applicable');
    const reach = (state: ChartState) => (chart.reach(state) + forgiven) * deviation;
    const limits = {
      upper: direction === 'below' ? null : finite(spread.mean + reach(upper)),
      lower: direction === 'above' ? null : finite(spread.mean - reach(lower)),
    };
    if (value !== null) {
      const z = (value - spread.mean) / deviation;
      [upper, lower] = [capped(chart.next(upper, z - forgiven)), capped(chart.next(lower, -z - forgiven))];
      const isAlarm =
        (limits.upper !== null && value > limits.upper) || (limits.lower !== null && value < limits.lower);
      calm = isAlarm ? 0 : calm === null ? null : calm + 1;
      if (calm !== null && calm >= clearAfter) [upper, lower, calm] = [newChart, newChart, null];
    }
    return { ...limits, status: limits.upper === null && limits.lower === null ? 'learning' : 'ok' };
  });
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
