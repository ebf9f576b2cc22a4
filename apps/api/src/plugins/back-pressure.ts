import { statfs } from 'node:fs/promises';
import { limits, Problem } from '@plumbline/contracts';
import { createDatabaseProbe, type Db } from '@plumbline/db';
import type { Queue } from '@plumbline/queue';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { ApiConfig } from '../deps.ts';
import { drainBody } from '../drain-body.ts';
import {
  bodyBytesOf,
  hasRoom,
  isSaturated,
  leastFreeBytes,
  type RefusalSlug,
  reasonsOf,
  refusalOf,
  retryAfterSeconds,
  type Strain,
} from '../pressure/refusal-of.ts';
import { watchDatabase } from '../pressure/watch-database.ts';
import { watchLoop } from '../pressure/watch-loop.ts';
import { watchMeasure } from '../pressure/watch-measure.ts';
import { isStreamedType } from './body-deadline.ts';
import { sendProblem } from './problem-details.ts';

const mb = 2 ** 20;
const standardBounds = {
  loopDelayMs: 1000,
  requests: 1000,
  bodyBytes: 128 * mb,
  backlogRows: 5_000_000,
  jobs: 100_000,
};
const storageEveryMs = 3000;
const queueEveryMs = 2000;
/** How long the body of a refused request may go on arriving before the answer. */
const refusedBodyMs = 800;

declare module 'fastify' {
  interface FastifyInstance {
    pressure: {
      /** Why requests are being refused now, worst first; empty when none is. */
      reasons(): RefusalSlug[];
      /** From now on every new request is refused, and every answer ends its connection. */
      drain(): void;
      /** Requests that are not answered yet. */
      requests(): number;
      /** Answers every request that is still waiting. */
      giveUp(slug: RefusalSlug): void;
      /** Tells that a request failed for want of the database. */
      suspectDatabase(): void;
    };
  }
}

/** Health, metrics, documents and pages need no database; signing in does. */
function needsDatabase(request: FastifyRequest): boolean {
  const scope = request.routeOptions.config?.scope ?? 'public';
  return scope !== 'public' || (request.method !== 'GET' && request.method !== 'HEAD');
}

const bringsRows = ({ method, routeOptions }: FastifyRequest) =>
  routeOptions.config?.scope === 'ingest' && (method === 'POST' || method === 'PUT');

function bodyBytes({ headers }: FastifyRequest): number {
  const { 'content-length': length, 'transfer-encoding': chunked } = headers;
  if (length === undefined && chunked === undefined) return 0;
  const isCompressed = headers['content-encoding'] !== undefined;
  const isStreamed = isStreamedType(headers['content-type']);
  const known = length === undefined ? null : Number(length);
  return bodyBytesOf({ length: known, isCompressed, isStreamed }, limits.bodyBytes);
}

function refuse(request: FastifyRequest, reply: FastifyReply, slug: RefusalSlug): FastifyReply {
  const retryAfter = retryAfterSeconds(slug, Math.random());
  return sendProblem(request, reply, new Problem(slug, { retryAfterSeconds: retryAfter }));
}

/**
 * Answers 503 at once instead of letting requests wait for what will not come: the database is away or silent, the disk
 * or the queue is full, this process holds all the work it has memory for, or it is shutting down. Requests that were
 * let in before the database fell silent are answered within two seconds as well.
 */
export const backPressure = fastifyPlugin<{ db: Db; queue: Queue; config: ApiConfig }>(
  async (app, { db, queue, config }) => {
    const bounds = { ...standardBounds, ...config.bounds };
    const waiting = new Map<FastifyRequest, { reply: FastifyReply; bodyBytes: number }>();
    let draining = false;
    let bodies = 0;
    let told = '';

    const probe = createDatabaseProbe(config.databaseUrl);
    const loop = watchLoop();
    const storage = watchMeasure(
      { isLow: false },
      async () => {
        const { bavail, bsize, blocks } = await statfs(config.dataDir);
        return { isLow: bavail * bsize < (bounds.storageFreeBytes ?? leastFreeBytes(blocks * bsize)) };
      },
      storageEveryMs,
    );
    const backlog = watchMeasure(
      { rows: false, jobs: false },
      async (was) => ({
        rows: isSaturated(was.rows, await db.pendingRows(), bounds.backlogRows),
        jobs: isSaturated(was.jobs, await queue.depth(), bounds.jobs),
      }),
      queueEveryMs,
    );
    const database = watchDatabase(probe, {
      onTick(watch) {
        if (watch.isHopeless() && waiting.size > 0) {
          giveUp('database-unavailable');
          db.dropConnections();
        }
        tell();
      },
    });

    const strain = (): Strain => ({
      draining,
      databaseFails: database.isFailing(),
      loopDelayMs: loop.delayMs(),
      requests: waiting.size,
      storageLow: storage.value().isLow,
      queueSaturated: backlog.value().rows || backlog.value().jobs,
    });
    const reasons = () => reasonsOf(strain(), bounds);

    function tell(): void {
      const now = reasons().join(', ');
      if (now === told) return;
      told = now;
      app.log.warn({ reasons: now }, now === '' ? 'requests are taken again' : 'requests are refused');
    }

    function giveUp(slug: RefusalSlug): void {
      for (const [request, { reply }] of waiting) {
        waiting.delete(request);
        if (reply.sent || reply.raw.headersSent) continue;
        refuse(request, reply, slug);
        // What the handler comes to say later is no news to anyone.
        request.log.level = 'silent';
      }
    }

    function enter(request: FastifyRequest, reply: FastifyReply): void {
      const entry = { reply, bodyBytes: 0 };
      waiting.set(request, entry);
      const leave = () => {
        waiting.delete(request);
        bodies -= entry.bodyBytes;
        entry.bodyBytes = 0;
      };
      reply.raw.once('finish', leave).once('close', leave);
    }

    async function refuseUnread(request: FastifyRequest, reply: FastifyReply, slug: RefusalSlug) {
      await drainBody(request.raw, refusedBodyMs);
      return refuse(request, reply, slug);
    }

    app.decorate('pressure', {
      reasons,
      drain() {
        draining = true;
      },
      requests: () => waiting.size,
      giveUp,
      suspectDatabase: database.suspect,
    });
    app.addHook('onRequest', async (request, reply) => {
      if (!needsDatabase(request)) return;
      const slug = refusalOf(strain(), bringsRows(request), bounds);
      if (slug) return refuseUnread(request, reply, slug);
      enter(request, reply);
    });
    // After the credentials were checked: nobody else holds memory by announcing a body.
    app.addHook('preParsing', async (request, reply) => {
      const entry = waiting.get(request);
      if (!entry) return;
      const bytes = bodyBytes(request);
      if (!hasRoom(bodies, bytes, bounds.bodyBytes)) {
        await refuseUnread(request, reply, 'overloaded');
        return;
      }
      entry.bodyBytes = bytes;
      bodies += bytes;
    });
    app.addHook('onSend', async (_request, reply) => {
      if (draining) reply.header('connection', 'close');
    });
    app.addHook('onClose', async () => {
      for (const watch of [database, storage, backlog, loop]) watch.close();
    });
  },
);
