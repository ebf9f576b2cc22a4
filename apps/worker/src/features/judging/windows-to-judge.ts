import type { Granularity } from '@plumbline/contracts';
import { floorToWindow, maxWindows, nextWindow, type TimeWindow } from '@plumbline/metrics';

/** The windows that hold any of these hours, ascending, each once. */
export function windowsOfHours(hours: readonly number[], granularity: Granularity): TimeWindow[] {
  const starts = new Set(hours.map((hour) => floorToWindow(hour, granularity)));
  return [...starts]
    .sort((a, b) => a - b)
    .map((startMs) => ({ startMs, endMs: nextWindow(startMs, granularity) }));
}

/** All windows between the oldest and the newest hour that has a profile; those in between may be empty. */
export function windowsOfExtent(
  extent: { minMs: number; maxMs: number } | null,
  granularity: Granularity,
): TimeWindow[] {
  const windows: TimeWindow[] = [];
  if (!extent) return windows;
  for (
    let at = floorToWindow(extent.minMs, granularity);
    at <= extent.maxMs;
    at = nextWindow(at, granularity)
  ) {
    windows.push({ startMs: at, endMs: nextWindow(at, granularity) });
  }
  return windows;
}

/** Windows of receipt time that may have changed: from the one before those scored last, or the first batch, until now. */
export function windowsOfReceipt(input: {
  firstMs: number | null;
  scoredMs: number | null;
  nowMs: number;
  granularity: Granularity;
}): TimeWindow[] {
  const { firstMs, scoredMs, nowMs, granularity } = input;
  if (firstMs === null) return [];
  const length = nextWindow(0, granularity) - floorToWindow(0, granularity);
  const newest = nowMs - (maxWindows - 1) * length;
  const minMs = Math.max(firstMs, newest, scoredMs === null ? firstMs : scoredMs - length);
  return windowsOfExtent({ minMs, maxMs: nowMs }, granularity);
}
