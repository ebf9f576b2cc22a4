import { quantileSorted } from '@plumbline/stats';
import { weekdayOf } from './judge-expectations.ts';

interface Day {
  startMs: number;
  events: number;
}

const fewestDays = 6;
const fewestOfWeekday = 4;
/** Robust deviations from the median that a day may have. */
const deviations = 4;
/** Of a normal distribution: its standard deviation by its median absolute deviation. */
const madScale = 1.4826;
/** A day may always differ by this share of the median. */
const smallestShare = 0.25;

const median = (values: number[]) => quantileSorted(Float64Array.from(values).sort(), 0.5) ?? 0;

function rangeOf(days: readonly Day[]): { min: number; max: number } {
  const rows = days.map(({ events }) => events);
  const middle = median(rows);
  const spread = madScale * median(rows.map((value) => Math.abs(value - middle)));
  const reach = Math.max(deviations * spread, deviations * Math.sqrt(middle), smallestShare * middle);
  return { min: Math.max(0, Math.floor(middle - reach)), max: Math.ceil(middle + reach) };
}

/**
 * Rows of a day by weekday, Monday first, from the whole days of a reference: the median ± 4 robust standard deviations,
 * no narrower than the noise of a count and a quarter of the median. Weekdays that come less than four times share the
 * range of all days; null with fewer than six days.
 */
export function proposeVolume(days: readonly Day[]): { min: number; max: number }[] | null {
  if (days.length < fewestDays) return null;
  const all = rangeOf(days);
  return Array.from({ length: 7 }, (_, weekday) => {
    const own = days.filter(({ startMs }) => weekdayOf(startMs) === weekday);
    return own.length < fewestOfWeekday ? all : rangeOf(own);
  });
}
