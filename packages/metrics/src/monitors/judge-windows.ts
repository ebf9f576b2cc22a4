import type { BinSet, Granularity, Profile, ThresholdRule } from '@plumbline/contracts';
import { isFeature } from '../drift/test-columns.ts';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import type { WindowScore } from '../score-windows.ts';
import type { ReferenceHabit } from '../thresholds/reference-habit.ts';
import { type LimitContext, windowLimits } from '../thresholds/window-limits.ts';
import { foldEpisodes, type MonitorOutcome, type MonitorPoint } from './fold-episodes.ts';

export interface JudgedMonitor {
  descriptor: MetricDescriptor;
  /** Empty for metrics of the model as a whole. */
  columnKey: string;
  granularity: Granularity;
  threshold: ThresholdRule;
  persistence: { breaches: number; of: number };
  minN: number | null;
}

/** What a monitor's windows are judged against. */
export interface JudgedAgainst {
  binSet: BinSet;
  reference: Profile | null;
  /** Of the metric; null where the threshold does not read the reference, or there is none. */
  habit: ReferenceHabit | null;
}

/** The windows with their limits. `windows` ascending in time. */
function limitWindows(
  windows: readonly WindowScore[],
  monitor: JudgedMonitor,
  { binSet, reference, habit }: JudgedAgainst,
): MonitorPoint[] {
  const { descriptor, columnKey, granularity, threshold, persistence, minN } = monitor;
  const bins = binSet.columns.find(({ column }) => column === columnKey);
  const context: LimitContext = {
    info: descriptor,
    granularity,
    persistence,
    minN,
    column: bins ? { bins, reference: reference?.columns[columnKey] ?? null } : null,
    features: binSet.columns.filter(({ column }) => isFeature(column)).length,
    habit,
  };
  const limits = windowLimits(windows, threshold, context);
  return windows.flatMap((window, i) => {
    const of = limits[i];
    return of ? [{ ...window, limits: of }] : [];
  });
}

/** What a monitor makes of windows; those before `fromMs` are only history to the limits of the others. */
export function judgeWindows(
  windows: readonly WindowScore[],
  monitor: JudgedMonitor,
  against: JudgedAgainst & { fromMs?: number },
): { points: MonitorPoint[]; outcome: MonitorOutcome } {
  const { fromMs = Number.NEGATIVE_INFINITY } = against;
  const { persistence, minN, descriptor } = monitor;
  const points = limitWindows(windows, monitor, against).filter(({ startMs }) => startMs >= fromMs);
  return { points, outcome: foldEpisodes(points, { persistence, minN, measures: descriptor.measures }) };
}

/** The windows without the scores of those that may not be judged, for want of labels. */
export function holdBack(windows: readonly WindowScore[], waiting: ReadonlySet<number>): WindowScore[] {
  return windows.map((window) =>
    waiting.has(window.startMs)
      ? { ...window, score: { ...window.score, status: 'insufficient_data' } }
      : window,
  );
}
