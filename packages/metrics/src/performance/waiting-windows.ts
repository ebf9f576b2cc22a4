import type { Granularity } from '@plumbline/contracts';
import { floorToWindow, nextWindow, type TimeWindow } from '../window.ts';
import { fallsShort, medianCoverage, provisionalWindows } from './provisional-windows.ts';

/** How many of its events are labelled. */
export interface LabelledWindow extends TimeWindow {
  events: number;
  labelled: number;
}

/** How many windows before a window say what is usual. */
const mostBefore = 30;

/** Windows, ascending, from slots of hours or days; one without a slot is left out. */
export function labelledWindows(
  slots: readonly { start: number; events: number; labelled: number }[],
  granularity: Granularity,
): LabelledWindow[] {
  const windows = new Map<number, LabelledWindow>();
  for (const { start, events, labelled } of slots) {
    const startMs = floorToWindow(start, granularity);
    const before = windows.get(startMs);
    windows.set(startMs, {
      startMs,
      endMs: nextWindow(startMs, granularity),
      events: events + (before?.events ?? 0),
      labelled: labelled + (before?.labelled ?? 0),
    });
  }
  return [...windows.values()].sort((a, b) => a.startMs - b.startMs);
}

/**
 * Starts of the windows that have too few labels to be judged: those that still wait for labels (see
 * {@link provisionalWindows}), and others whose coverage is below 80 % of the median of up to 30 windows before them,
 * by more than chance. Early labels are often not like late ones, so a young window waits until it has come to the
 * coverage of old ones. A window without any before it is judged.
 */
export function waitingWindows(windows: readonly LabelledWindow[]): Set<number> {
  const marks = provisionalWindows(windows);
  const waiting = new Set<number>();
  const settled: LabelledWindow[] = [];
  for (const [i, window] of windows.entries()) {
    const usual = medianCoverage(settled.slice(-mostBefore));
    if (marks[i] || (usual !== undefined && fallsShort(window, usual))) waiting.add(window.startMs);
    if (!marks[i] && window.events > 0) settled.push(window);
  }
  return waiting;
}
