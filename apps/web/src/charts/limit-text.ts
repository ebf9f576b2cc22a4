import { formatNumber } from '../format-number.ts';
import type { TimeSeriesRow } from './prepare-time-series.ts';

/** What the value of a window may be: its threshold, or both ends of its range. */
export function limitText({ upperLimit = null, lowerLimit = null }: TimeSeriesRow): string {
  const limits = [lowerLimit, upperLimit].filter((limit) => limit !== null).map(formatNumber);
  return limits.length === 0 ? 'none' : limits.join(' to ');
}
