import type { Granularity, TimeseriesAnswer } from '@plumbline/contracts';
import { formatWindow } from '../format-time.ts';

export interface TimeSeriesRow {
  /** Start of the window, epoch ms. */
  start: number;
  label: string;
  /** Null where there is no value: drawn as a gap, never as zero. */
  value: number | null;
  interval: [lower: number, upper: number] | null;
  n: number;
  status: string;
  /** Of the window, where thresholds differ between windows: drawn as a line. */
  upperLimit?: number | null;
  lowerLimit?: number | null;
  /** Of the value, made without labels. */
  estimate?: number | null;
  estimateBand?: [lower: number, upper: number] | null;
  /** Share of the events that are labelled, where the metric needs labels. */
  labelled?: number | null;
  /** The line in two parts, where some windows are provisional: what is settled, and what leads on from it. */
  settledValue?: number | null;
  provisionalValue?: number | null;
}

export interface PreparedTimeSeries {
  rows: TimeSeriesRow[];
  /** The same for all windows; null = none, or `hasLimits`. */
  threshold: number | null;
  /** Each window has limits of its own. */
  hasLimits: boolean;
  hasValues: boolean;
  /** No window has a value because each holds too few events. */
  isTooSparse: boolean;
  hasIntervals: boolean;
  hasEstimates: boolean;
  /** Some windows still wait for labels. */
  hasProvisional: boolean;
  /** How many windows the answer held before thinning; equal to `rows.length` when nothing was left out. */
  windows: number;
}

/** The status of a value that will be revised. */
const provisional = 'provisional';

export const maxPoints = 500;
const stepMs: Record<Granularity, number> = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 };

function row(point: TimeseriesAnswer['points'][number], granularity: Granularity): TimeSeriesRow {
  const { lower, upper } = point;
  return {
    start: Date.parse(point.window_start),
    label: formatWindow(point.window_start, granularity),
    value: point.value,
    interval: point.value !== null && lower !== null && upper !== null ? [lower, upper] : null,
    n: point.n,
    status: point.provisional && point.status === 'ok' ? provisional : point.status,
    ...(point.label_coverage === undefined ? {} : { labelled: point.label_coverage }),
    upperLimit: point.threshold,
    lowerLimit: point.threshold_lower,
    ...estimateOf(point),
  };
}

type Estimated = Pick<TimeSeriesRow, 'estimate' | 'estimateBand'>;

function estimateOf({
  estimated = null,
  estimated_lower: lower = null,
  estimated_upper: upper = null,
}: TimeseriesAnswer['points'][number]): Estimated {
  if (estimated === null) return {};
  return { estimate: estimated, estimateBand: lower !== null && upper !== null ? [lower, upper] : null };
}

/** Fills windows the answer left out between its first and last one, so that a hole is seen as a hole. */
function withGaps(rows: TimeSeriesRow[], granularity: Granularity): TimeSeriesRow[] {
  const [first, last] = [rows[0], rows.at(-1)];
  const step = stepMs[granularity];
  if (!first || !last || (last.start - first.start) / step > 20_000) return rows;
  const known = new Map(rows.map((r) => [r.start, r]));
  const filled: TimeSeriesRow[] = [];
  for (let start = first.start; start <= last.start; start += step) {
    const label = formatWindow(new Date(start).toISOString(), granularity);
    filled.push(known.get(start) ?? { start, label, value: null, interval: null, n: 0, status: 'empty' });
  }
  return filled.length >= rows.length ? filled : rows;
}

/** Keeps every k-th window so that at most {@link maxPoints} are drawn; the last one always stays. */
function thin(rows: TimeSeriesRow[]): TimeSeriesRow[] {
  const step = Math.ceil(rows.length / maxPoints);
  return step <= 1 ? rows : rows.filter((_, i) => (rows.length - 1 - i) % step === 0);
}

function splitProvisional(rows: TimeSeriesRow[]): TimeSeriesRow[] {
  const isYoung = (row: TimeSeriesRow | undefined) => row?.status === provisional;
  if (!rows.some(isYoung)) return rows;
  return rows.map((row, i) => ({
    ...row,
    settledValue: isYoung(row) ? null : row.value,
    provisionalValue: isYoung(row) || isYoung(rows[i + 1]) ? row.value : null,
  }));
}

/** Timeseries answer → what the chart draws: in order of time, gaps kept, thinned. */
export function prepareTimeSeries(answer: TimeseriesAnswer): PreparedTimeSeries {
  const sorted = answer.points
    .map((point) => row(point, answer.granularity))
    .sort((a, b) => a.start - b.start);
  const filled = withGaps(sorted, answer.granularity);
  const thresholds = new Set(answer.points.map(({ threshold }) => threshold));
  const hasLimits = thresholds.size > 1 || answer.points.some((point) => point.threshold_lower !== null);
  return {
    rows: splitProvisional(thin(filled)),
    threshold: hasLimits ? null : (answer.points[0]?.threshold ?? null),
    hasLimits,
    hasValues: sorted.some((r) => r.value !== null),
    isTooSparse:
      sorted.every((r) => r.value === null) && sorted.some((r) => r.status === 'insufficient_data'),
    hasIntervals: sorted.some((r) => r.interval !== null),
    hasProvisional: sorted.some((r) => r.status === provisional),
    hasEstimates: sorted.some((r) => r.estimate !== undefined),
    windows: filled.length,
  };
}
