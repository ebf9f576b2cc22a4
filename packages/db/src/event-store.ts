import type { StoredEvent } from '@plumbline/contracts';
import { failPoint } from '@plumbline/fail-point';
import type { Pool } from 'pg';
import { copyEvents } from './copy-events.ts';
import type { IncomingBatch, StoreResult } from './incoming-batch.ts';
import { insertEvents } from './insert-events.ts';
import { storeBatch } from './store-batch.ts';
import { isPlain, storeFew } from './store-few.ts';
import { isPassing, sqlState, transaction } from './transaction.ts';

export interface EventRecord extends StoredEvent {
  received_ms: number;
  actual_label: string | null;
  actual_score: number | null;
  actual_ms: number | null;
}

export interface IngestState {
  events: number;
  /** Distinct prediction ids that have an actual. */
  actuals: number;
  /** Events in live parts. */
  mirrored: number;
  /** When the newest event was received. */
  lastEventAt: Date | null;
  /** When the oldest batch that no part covers was received. */
  oldestPendingAt: Date | null;
}

export interface EventStore {
  /**
   * One transaction: batch, rows, versions, quarantine, idempotency. Returns only after the commit.
   * @throws UnknownModelError when the model was deleted meanwhile
   * @throws StaleModelError when the batch names a revision and the model changed since; nothing is stored then
   */
  store(batch: IncomingBatch): Promise<StoreResult>;
  find(modelId: string, predictionId: string): Promise<EventRecord | null>;
  status(modelId: string): Promise<IngestState>;
}

const uniqueViolation = '23505';

interface FoundEvent {
  body: StoredEvent;
  received_ms: number;
  actual_label: string | null;
  actual_score: number | null;
  actual_ms: number | null;
}

interface StatusRow {
  events: number;
  actuals: number;
  mirrored: number;
  last_event_at: Date | null;
  oldest_pending_at: Date | null;
}

/** From so many events on, COPY is the cheaper way to write them. */
const copyFromEvents = 50;
/** How long a model whose ids came twice is expected to send known ids: to take them for new is work for nothing. */
const collisionMs = 10_000;
const rememberedModels = 10_000;

/** Stores batches; remembers of each model which versions are stored and whether ids came twice of late. */
function createBatchWriter(pool: Pool): EventStore['store'] {
  const models = new Map<string, { versions: Set<string>; collidedUntil: number }>();
  const memoryOf = (modelId: string) => {
    const known = models.get(modelId);
    if (known) return known;
    if (models.size >= rememberedModels) models.clear();
    const memory = { versions: new Set<string>(), collidedUntil: 0 };
    models.set(modelId, memory);
    return memory;
  };
  return async (batch) => {
    const memory = memoryOf(batch.modelId);
    const inSteps = async (write: typeof insertEvents) => {
      const { versions } = memory;
      const stored = await transaction(pool, (client) => storeBatch(client, batch, { write, versions }));
      for (const version of stored.newVersions) versions.add(version);
      return stored.result;
    };
    const asNew = async (): Promise<StoreResult | null> => {
      if (Date.now() < memory.collidedUntil) return null;
      try {
        if (batch.events.length >= copyFromEvents) return await inSteps(copyEvents);
        return isPlain(batch, memory.versions) ? await storeFew(pool, batch) : null;
      } catch (error) {
        const isKnown = sqlState(error) === uniqueViolation;
        if (isKnown) memory.collidedUntil = Date.now() + collisionMs;
        if (isKnown || isPassing(error)) return null;
        throw error;
      }
    };
    const stored = (await asNew()) ?? (await inSteps(insertEvents));
    failPoint('store:committed');
    return stored;
  };
}

export function createEventStore(pool: Pool): EventStore {
  return {
    store: createBatchWriter(pool),

    async find(modelId, predictionId) {
      const { rows } = await pool.query<FoundEvent>(
        `SELECT body, floor(extract(epoch FROM received_at) * 1000)::float8 AS received_ms,
                actual_label, actual_score, actual_ms
         FROM event e LEFT JOIN LATERAL (
           SELECT actual_label, actual_score, (extract(epoch FROM actual_at) * 1000)::float8 AS actual_ms
           FROM actual a WHERE a.model_id = e.model_id AND a.prediction_id = e.prediction_id
           ORDER BY actual_at DESC NULLS LAST, batch_seq DESC LIMIT 1
         ) latest ON true
         WHERE e.model_id = $1 AND e.prediction_id = $2`,
        [modelId, predictionId],
      );
      const row = rows[0];
      if (!row) return null;
      const { body, ...rest } = row;
      return { ...body, ...rest };
    },

    async status(modelId) {
      const { rows } = await pool.query<StatusRow>(
        `SELECT coalesce(sum(events), 0)::float8 AS events,
                (SELECT count(DISTINCT prediction_id) FROM actual WHERE model_id = $1)::float8 AS actuals,
                (SELECT coalesce(sum(rows), 0) FROM part
                 WHERE model_id = $1 AND kind = 'events' AND replaced_at IS NULL)::float8 AS mirrored,
                max(received_at) FILTER (WHERE events > 0) AS last_event_at,
                min(received_at) FILTER (WHERE mirrored_at IS NULL) AS oldest_pending_at
         FROM ingest_batch WHERE model_id = $1`,
        [modelId],
      );
      const row = rows[0];
      return {
        events: row?.events ?? 0,
        actuals: row?.actuals ?? 0,
        mirrored: row?.mirrored ?? 0,
        lastEventAt: row?.last_event_at ?? null,
        oldestPendingAt: row?.oldest_pending_at ?? null,
      };
    },
  };
}
