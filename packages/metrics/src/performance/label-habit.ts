import type { DelayProfile } from '@plumbline/contracts';
import { delayQuantile } from '../quality/label-delays.ts';
import { fallsShort, medianCoverage, provisionalWindows } from './provisional-windows.ts';
import { type LabelledWindow, labelledWindows } from './waiting-windows.ts';

/** Fewest labels with a time that say how late labels come. */
const fewestDelays = 100;

/** How a model is usually labelled. */
export interface LabelHabit {
  /** Share of events that get a label in the end; null = never seen. */
  coverage: number | null;
  /** What 95 % of the labels need at most, in ms; null = too few of them say when they came. */
  delayMs: number | null;
  /** From where on days still wait for labels, by their coverage alone; infinite when none does. */
  youngFromMs: number;
}

/** `slots`: days of the model up to its newest event, in any order. Young ones do not say how late labels come. */
export function labelHabit(
  slots: readonly { start: number; events: number; labelled: number; delays: DelayProfile | null }[],
): LabelHabit {
  const days = labelledWindows(slots, 'day');
  const marks = provisionalWindows(days);
  const youngFromMs = days[marks.indexOf(true)]?.startMs ?? Number.POSITIVE_INFINITY;
  const timed = slots.flatMap(({ start, delays }) => (delays && start < youngFromMs ? [delays] : []));
  const counts = new Map<number, number>();
  for (const { bins, counts: of } of timed)
    bins.forEach((bin, i) => {
      counts.set(bin, (counts.get(bin) ?? 0) + (of[i] ?? 0));
    });
  const bins = [...counts].sort(([a], [b]) => a - b);
  const n = bins.reduce((sum, [, count]) => sum + count, 0);
  const delays = { bins: bins.map(([bin]) => bin), counts: bins.map(([, count]) => count) };
  const seconds = n < fewestDelays ? undefined : delayQuantile(delays, 0.95)?.value;
  return {
    coverage: medianCoverage(days.filter((_, i) => !marks[i])) ?? null,
    delayMs: seconds === undefined ? null : 1000 * seconds,
    youngFromMs,
  };
}

/**
 * Whether a window is provisional: it has fewer labels than usual, and is younger than 95 % of labels need; where labels
 * do not say when they came, as young as the newest days that wait for them.
 */
export function isProvisional(window: LabelledWindow, habit: LabelHabit, nowMs: number): boolean {
  const { coverage, delayMs, youngFromMs } = habit;
  if (coverage === null || !fallsShort(window, coverage)) return false;
  return window.endMs > (delayMs === null ? youngFromMs : nowMs - delayMs);
}
