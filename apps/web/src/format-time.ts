import type { Granularity } from '@plumbline/contracts';

/** `2001-03-04 06:00` in UTC. */
export const formatTime = (value: string | number | Date): string =>
  new Date(value).toISOString().slice(0, 16).replace('T', ' ');

/** `2001-03-04` in UTC. */
export const formatDay = (value: string | number | Date): string =>
  new Date(value).toISOString().slice(0, 10);

/** The name of a window: its day, or its day and hour. */
export const formatWindow = (start: string, granularity: Granularity): string =>
  granularity === 'hour' ? formatTime(start) : formatDay(start);

const day = 86_400_000;

/** `2001-03-01 to 2001-03-31` for a window [from, to) of whole days, else with hours. */
export function formatRange(from: string, to: string): string {
  const start = Date.parse(from);
  const end = Date.parse(to);
  if (start % day !== 0 || end % day !== 0) return `${formatTime(start)} to ${formatTime(end)}`;
  const last = formatDay(end - day);
  return formatDay(start) === last ? last : `${formatDay(start)} to ${last}`;
}

const steps: [limit: number, divisor: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [Number.POSITIVE_INFINITY, 86_400, 'day'],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `3 hours ago`; never in the future, since clocks differ. */
export function formatAgo(value: string, now: number): string {
  const seconds = Math.min(0, Math.round((Date.parse(value) - now) / 1000));
  const step = steps.find(([limit]) => Math.abs(seconds) < limit);
  return step ? relative.format(Math.round(seconds / step[1]), step[2]) : formatDay(value);
}

const lengths: [limit: number, seconds: number, name: string][] = [
  [120, 1, 's'],
  [7200, 60, 'min'],
  [172_800, 3600, 'h'],
  [Number.POSITIVE_INFINITY, 86_400, 'days'],
];

/** `45 s`, `12 min`, `5.2 h`, `3.1 days`: two significant digits or more; `< 1 s`, `–` for what has no value. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 1) return '< 1 s';
  const length = lengths.find(([limit]) => seconds < limit);
  if (!length) return '–';
  const [, divisor, name] = length;
  const value = seconds / divisor;
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)}\u00a0${name}`;
}
