const firstDelayMs = 250;
const longestDelayMs = 30_000;
const longestRetryAfterMs = 300_000;

/**
 * How long to wait before attempt `attempt + 1` (from 1), in ms: full jitter, so evenly between 0 and 250 ms doubled
 * each time up to 30 s. What the server asked for by `Retry-After` (at most 5 minutes of it) comes on top.
 * @param random from 0 up to 1.
 */
export function retryDelayMs(attempt: number, retryAfterMs: number, random: number): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt - 1, 30));
  return Math.min(longestRetryAfterMs, Math.max(0, retryAfterMs)) + random * ceiling;
}

/** What a `Retry-After` header asks for, seconds or an HTTP date, in ms from `now`; 0 when it cannot be read. */
export function parseRetryAfter(value: string | null, now: number): number {
  if (value === null) return 0;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
