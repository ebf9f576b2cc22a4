/** Events a key may send: on average, and at once after a pause. Both at least 1. */
export interface RateLimit {
  eventsPerSecond: number;
  burst: number;
}

/** A burst that is not given is worth as many seconds. */
export const burstSeconds = 10;

/** What is left of a key's burst. */
interface Quota {
  /** Whole events. */
  remaining: number;
  /** Whole seconds until another event may be sent when none is left, else until the burst is whole again. */
  resetSeconds: number;
}

/**
 * Token buckets by key, in the memory of this process. Times are epoch milliseconds. A batch may take more than is
 * left: it puts the key in debt, and what comes next waits until that is paid. So a batch is never too large for its
 * key, and the average still holds.
 */
export interface RateLimiter {
  /** Takes one token for a request. False, and takes none, when there is none. */
  enter(key: string, limit: RateLimit, now: number): boolean;
  /** Takes tokens for rows of a request that entered. False, and takes none, while the key is in debt. */
  take(key: string, limit: RateLimit, rows: number, now: number): boolean;
  /** Takes tokens for rows that are stored in any case. */
  charge(key: string, limit: RateLimit, rows: number, now: number): void;
  quota(key: string, limit: RateLimit, now: number): Quota;
}

interface Bucket {
  tokens: number;
  at: number;
}

const remembered = 10_000;

export function createRateLimiter(): RateLimiter {
  const buckets = new Map<string, Bucket>();

  function bucketOf(key: string, { eventsPerSecond, burst }: RateLimit, now: number): Bucket {
    let bucket = buckets.get(key);
    if (bucket === undefined) {
      if (buckets.size >= remembered) buckets.clear();
      bucket = { tokens: burst, at: now };
      buckets.set(key, bucket);
    }
    // A clock that was set back gives nothing and takes nothing.
    const elapsedMs = Math.max(0, now - bucket.at);
    bucket.tokens = Math.min(burst, bucket.tokens + (elapsedMs * eventsPerSecond) / 1000);
    bucket.at = now;
    return bucket;
  }

  function takeFrom(bucket: Bucket, tokens: number, least: number): boolean {
    if (bucket.tokens < least) return false;
    bucket.tokens -= tokens;
    return true;
  }

  return {
    enter: (key, limit, now) => takeFrom(bucketOf(key, limit, now), 1, 1),
    take: (key, limit, rows, now) => takeFrom(bucketOf(key, limit, now), rows, 0),
    charge(key, limit, rows, now) {
      bucketOf(key, limit, now).tokens -= rows;
    },
    quota(key, limit, now) {
      const { tokens } = bucketOf(key, limit, now);
      const wanted = tokens < 1 ? 1 : limit.burst;
      return {
        remaining: Math.max(0, Math.floor(tokens)),
        resetSeconds: Math.ceil((wanted - tokens) / limit.eventsPerSecond),
      };
    },
  };
}
