const firstDelayMs = 250;
const longestDelayMs = 10_000;

/**
 * How long to wait before attempt `attempt + 1` (from 1): what `Retry-After` says, in seconds or as an HTTP date,
 * else 250 ms doubled each time. Never more than 10 s.
 */
export function retryDelayMs(attempt: number, retryAfter: string | null, now: number): number {
  const asked = retryAfter === null ? undefined : parseRetryAfter(retryAfter, now);
  const delay = asked ?? firstDelayMs * 2 ** (attempt - 1);
  return Math.min(longestDelayMs, Math.max(0, delay));
}

function parseRetryAfter(value: string, now: number): number | undefined {
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date - now;
}
