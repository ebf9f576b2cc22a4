import { type KeyRateLimit, Problem } from '@plumbline/contracts';
import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { createRateLimiter, type RateLimit, type RateLimiter } from '../rate-limiter.ts';

interface KeyQuota {
  limiter: RateLimiter;
  key: string;
  limit: RateLimit;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request's key may send; null without a limit. */
    quota: KeyQuota | null;
  }
}

function refused({ limiter, key, limit }: KeyQuota, now: number): Problem {
  return new Problem('rate-limited', {
    detail: `This key may send ${limit.eventsPerSecond} events a second, ${limit.burst} at once.`,
    retryAfterSeconds: limiter.quota(key, limit, now).resetSeconds,
  });
}

/** Fields of draft-ietf-httpapi-ratelimit-headers-10. */
function rateLimitFields({ limiter, key, limit }: KeyQuota, now: number): Record<string, string> {
  const { remaining, resetSeconds } = limiter.quota(key, limit, now);
  const windowSeconds = Math.max(1, Math.ceil(limit.burst / limit.eventsPerSecond));
  return {
    'ratelimit-policy': `"events";q=${limit.burst};qu="events";w=${windowSeconds}`,
    ratelimit: `"events";r=${remaining};t=${resetSeconds}`,
  };
}

function limitOf(ofKey: KeyRateLimit, fallback: RateLimit | null): RateLimit | null {
  if (ofKey === null) return fallback;
  if (ofKey === 'unlimited') return null;
  return { eventsPerSecond: ofKey.events_per_second, burst: ofKey.burst };
}

/**
 * Limits what an API key sends: a request counts as one event, a batch as its rows. `fallback` is the limit of keys
 * that have none of their own. Counts are of this process alone. Comes after the credentials and before the body.
 */
export const rateLimit = fastifyPlugin<{ fallback: RateLimit | null }>(async (app, { fallback }) => {
  const limiter = createRateLimiter();
  app.decorateRequest('quota', null);
  app.addHook('onRequest', async (request) => {
    const { access } = request;
    if (access?.kind !== 'api_key') return;
    const limit = limitOf(access.rateLimit, fallback);
    if (limit === null) return;
    const now = Date.now();
    request.quota = { limiter, key: access.id, limit };
    if (!limiter.enter(access.id, limit, now)) throw refused(request.quota, now);
  });
  app.addHook('onSend', async ({ quota }, reply) => {
    if (quota) reply.headers(rateLimitFields(quota, Date.now()));
  });
});

/** Counts the rows of a batch before any is stored. @throws Problem 429 while earlier ones are not paid for */
export function takeRows({ quota }: FastifyRequest, rows: number): void {
  if (!quota) return;
  const now = Date.now();
  // The request itself was counted as one.
  if (!quota.limiter.take(quota.key, quota.limit, rows - 1, now)) throw refused(quota, now);
}

/** Counts the rows of a stream as they come. @throws Problem 429 before the first chunk, never between two */
export async function* takeChunks<T>(
  request: FastifyRequest,
  chunks: AsyncIterable<T[]>,
): AsyncGenerator<T[]> {
  const { quota } = request;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) takeRows(request, chunk.length);
    else quota?.limiter.charge(quota.key, quota.limit, chunk.length, Date.now());
    isFirst = false;
    yield chunk;
  }
}
