const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits after the first, second … attempt; the schedule of Standard Webhooks. */
const waits = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];
/** Small enough that the eight attempts span at least 24 hours. */
const jitter = 0.1;
const longestRetryAfter = 24 * hour;

export interface Attempted {
  /** Attempts since the delivery became pending, this one included. */
  attemptCount: number;
  /** Null = there was no answer. */
  responseStatus: number | null;
  /** The answer's `Retry-After`: seconds or an HTTP date. */
  retryAfter: string | null;
  now: Date;
  /** In [0, 1). */
  random: number;
}

export interface NextStep {
  status: 'pending' | 'delivered' | 'failed';
  nextAttemptAt: Date | null;
  /** The receiver is gone for good. */
  disableChannel: boolean;
}

function retryAfterMs(value: string | null, now: Date): number {
  if (value === null || value.trim() === '') return 0;
  const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * second : Date.parse(value) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestRetryAfter) : 0;
}

/**
 * What follows from an attempt: 2xx is delivered, 410 disables the channel, anything else (also a redirect) is tried
 * again up to eight times with growing waits, not before the receiver's `Retry-After`.
 */
export function nextAttempt({ attemptCount, responseStatus, retryAfter, now, random }: Attempted): NextStep {
  const ended = { nextAttemptAt: null, disableChannel: responseStatus === 410 };
  if (responseStatus !== null && responseStatus >= 200 && responseStatus < 300) {
    return { ...ended, status: 'delivered' };
  }
  const wait = waits[attemptCount - 1];
  if (responseStatus === 410 || wait === undefined) return { ...ended, status: 'failed' };
  const jittered = wait * (1 + jitter * (2 * random - 1));
  const delayMs = Math.max(jittered, retryAfterMs(retryAfter, now));
  return { status: 'pending', nextAttemptAt: new Date(now.getTime() + delayMs), disableChannel: false };
}
