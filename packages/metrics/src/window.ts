import type { Granularity } from '@plumbline/contracts';

/** [startMs, endMs) in epoch milliseconds, both on UTC boundaries of the granularity. */
export interface TimeWindow {
  startMs: number;
  endMs: number;
}

/** The largest number of windows one question may ask for. */
export const maxWindows = 2000;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const lengths: Record<Granularity, number> = { hour: hourMs, day: dayMs, week: 7 * dayMs };

/** The epoch began on a Thursday; ISO weeks begin on Mondays. */
const origins: Record<Granularity, number> = { hour: 0, day: 0, week: -3 * dayMs };

/** Length of a window in ms. */
export const windowLength = (granularity: Granularity): number => lengths[granularity];

/** Start of the UTC hour, day or ISO week (Monday) that contains `ms`. */
export function floorToWindow(ms: number, granularity: Granularity): number {
  const length = lengths[granularity];
  const origin = origins[granularity];
  return Math.floor((ms - origin) / length) * length + origin;
}

/** Start of the UTC month `ahead` months after the one that contains `ms`. */
export function startOfMonth(ms: number, ahead = 0): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead);
}

/** Start of the window after the one that contains `ms`. */
export function nextWindow(ms: number, granularity: Granularity): number {
  return floorToWindow(ms, granularity) + lengths[granularity];
}

/**
 * The windows that touch [fromMs, toMs), ascending; the first and the last may reach beyond the range.
 * Null when there would be more than {@link maxWindows}.
 */
export function listWindows(fromMs: number, toMs: number, granularity: Granularity): TimeWindow[] | null {
  const length = lengths[granularity];
  const first = floorToWindow(fromMs, granularity);
  const count = fromMs < toMs ? Math.ceil((toMs - first) / length) : 0;
  if (count > maxWindows) return null;
  return Array.from({ length: count }, (_, i) => ({
    startMs: first + i * length,
    endMs: first + (i + 1) * length,
  }));
}
