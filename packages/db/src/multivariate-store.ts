import { randomUUID } from 'node:crypto';
import type { Environment, MultivariateResult, MultivariateState } from '@plumbline/contracts';
import type { Pool } from 'pg';
import { isUuid } from './uuid.ts';

export interface MultivariateRecord {
  modelId: string;
  id: string;
  binSetId: string;
  environment: Environment;
  fromMs: number;
  toMs: number;
  source: 'schedule' | 'request';
  state: MultivariateState;
  progress: number;
  /** Times a worker took it. */
  attempts: number;
  detail: string | null;
  /** Of the last comparison that was done. */
  result: MultivariateResult | null;
  requestedAt: Date;
  finishedAt: Date | null;
}

type MultivariateRequest = Pick<
  MultivariateRecord,
  'modelId' | 'binSetId' | 'environment' | 'fromMs' | 'toMs' | 'source'
>;

/** One worker's right to a window, until another one takes it over. */
export interface MultivariateLease {
  modelId: string;
  id: string;
  holder: string;
}

/** A day or week of production events on the active bin set. */
export interface ComparableWindow {
  modelId: string;
  binSetId: string;
  /** 00:00 UTC of the day, or of the week's Monday, epoch ms. */
  startMs: number;
  events: number;
  state: MultivariateState | null;
  /** Rows it had when it was last compared. */
  comparedRows: number | null;
}

/** A window that was compared, and what of it monitors watch. */
interface ComparedRecord {
  startMs: number;
  endMs: number;
  result: Pick<MultivariateResult, 'classifier' | 'reconstruction'>;
}

/** Windows compared with the reference on all columns together. */
export interface MultivariateStore {
  /** Asks for a window; one that waits or is being compared stays as it is. Null: the model is gone. */
  request(asked: MultivariateRequest): Promise<MultivariateRecord | null>;
  find(modelId: string, id: string): Promise<MultivariateRecord | null>;
  /** Windows of this bin set that touch [fromMs, toMs), newest first. */
  list(
    modelId: string,
    binSetId: string,
    asked: {
      environment: Environment;
      fromMs?: number;
      toMs?: number;
      /** True: windows of one day alone; false: all others. */
      isDay?: boolean;
      limit: number;
    },
  ): Promise<MultivariateRecord[]>;
  /** Windows of this bin set that were compared and are `lengthMs` long, the newest `limit` that touch [fromMs, toMs). */
  compared(
    modelId: string,
    binSetId: string,
    asked: { environment: Environment; lengthMs: number; fromMs?: number; toMs?: number; limit: number },
  ): Promise<ComparedRecord[]>;
  /** Ends a window that waits and asks the worker of a running one to stop. Null: there is none. */
  cancel(modelId: string, id: string): Promise<MultivariateRecord | null>;
  /** Models with a window that nobody works on. */
  modelsDue(): Promise<string[]>;
  /** Takes the model's next window: asked ones before scheduled ones, newest first. A worker that died holds it `ms` long. */
  claim(
    modelId: string,
    ms: number,
  ): Promise<{ lease: MultivariateLease; record: MultivariateRecord } | null>;
  /** Tells how far it came and holds it for another `ms`. Null: another worker took it over, or it is gone. */
  report(
    lease: MultivariateLease,
    progress: number,
    ms: number,
  ): Promise<{ cancelRequested: boolean } | null>;
  /** Gives it back unfinished; with `forgive` the attempt does not count. */
  release(lease: MultivariateLease, options: { forgive: boolean }): Promise<void>;
  finish(
    lease: MultivariateLease,
    end:
      | { state: 'done'; result: MultivariateResult }
      | { state: 'failed' | 'cancelled'; detail: string | null },
  ): Promise<void>;
  /** Complete days or weeks of models with a reference and without stale hours, newest first, `most` of each model. */
  comparable(now: Date, asked: { granularity: 'day' | 'week'; most: number }): Promise<ComparableWindow[]>;
}

const columns = `model_id AS "modelId", id, bin_set_id AS "binSetId", environment,
  (extract(epoch FROM from_at) * 1000)::float8 AS "fromMs", (extract(epoch FROM to_at) * 1000)::float8 AS "toMs",
  source, state, progress, attempts, detail, result, requested_at AS "requestedAt", finished_at AS "finishedAt"`;
const held = `model_id = $1 AND id = $2 AND holder = $3 AND state = 'running'`;
const isFree = `(state = 'waiting' OR (state = 'running' AND held_until < now()))`;

const selectComparable = `SELECT "modelId", "binSetId", "startMs", events, state, "comparedRows" FROM (
    SELECT p.model_id AS "modelId", p.bin_set_id AS "binSetId", p.events,
      (extract(epoch FROM p.from_at) * 1000)::float8 AS "startMs", w.state,
      (w.result ->> 'rows')::float8 AS "comparedRows",
      row_number() OVER (PARTITION BY p.model_id ORDER BY p.from_at DESC) AS newest
    FROM (
      SELECT model_id, bin_set_id, date_trunc($3, start_at, 'UTC') AS from_at, sum(events)::float8 AS events
      FROM profile WHERE grain = 'day' AND environment = 'production' GROUP BY 1, 2, 3
    ) p
    JOIN bin_set b ON b.model_id = p.model_id AND b.id = p.bin_set_id AND b.active AND b.reference_id IS NOT NULL
    LEFT JOIN multivariate_window w ON w.model_id = p.model_id AND w.bin_set_id = p.bin_set_id
      AND w.environment = 'production' AND w.from_at = p.from_at AND w.to_at = p.from_at + $4 * interval '1 hour'
    WHERE p.from_at + $4 * interval '1 hour' <= $1
      AND NOT EXISTS (SELECT FROM stale_hour s WHERE s.model_id = p.model_id)
  ) windows WHERE newest <= $2 ORDER BY "startMs" DESC`;

export function createMultivariateStore(pool: Pool): MultivariateStore {
  const one = async (sql: string, values: unknown[]): Promise<MultivariateRecord | null> =>
    (await pool.query<MultivariateRecord>(sql, values)).rows[0] ?? null;

  return {
    request: ({ modelId, binSetId, environment, fromMs, toMs, source }) =>
      one(
        `INSERT INTO multivariate_window AS w (model_id, bin_set_id, environment, from_at, to_at, source)
         SELECT held.id, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000), $6
         FROM (SELECT id FROM model WHERE id = $1 FOR KEY SHARE) held
         ON CONFLICT (model_id, bin_set_id, environment, from_at, to_at) DO UPDATE SET
           source = CASE WHEN w.state = 'waiting' AND w.source = 'request' THEN w.source ELSE excluded.source END,
           state = CASE WHEN w.state = 'running' THEN w.state ELSE 'waiting' END,
           progress = CASE WHEN w.state = 'running' THEN w.progress ELSE 0 END,
           attempts = CASE WHEN w.state = 'running' THEN w.attempts ELSE 0 END,
           requested_at = CASE WHEN w.state IN ('waiting', 'running') THEN w.requested_at ELSE now() END,
           finished_at = NULL, detail = NULL, cancel_requested = false
         RETURNING ${columns}`,
        [modelId, binSetId, environment, fromMs, toMs, source],
      ),

    async find(modelId, id) {
      if (!isUuid(id)) return null;
      return one(`SELECT ${columns} FROM multivariate_window WHERE model_id = $1 AND id = $2`, [modelId, id]);
    },

    async list(modelId, binSetId, { environment, fromMs, toMs, isDay, limit }) {
      const { rows } = await pool.query<MultivariateRecord>(
        `SELECT ${columns} FROM multivariate_window
         WHERE model_id = $1 AND bin_set_id = $2 AND environment = $3
           AND ($4::float8 IS NULL OR to_at > to_timestamp($4 / 1000))
           AND ($5::float8 IS NULL OR from_at < to_timestamp($5 / 1000))
           AND ($6::boolean IS NULL OR (to_at = from_at + interval '24 hours') = $6)
         ORDER BY to_at DESC, from_at DESC LIMIT $7`,
        [modelId, binSetId, environment, fromMs ?? null, toMs ?? null, isDay ?? null, limit],
      );
      return rows;
    },

    async compared(modelId, binSetId, { environment, lengthMs, fromMs, toMs, limit }) {
      const { rows } = await pool.query<ComparedRecord>(
        `SELECT (extract(epoch FROM from_at) * 1000)::float8 AS "startMs",
           (extract(epoch FROM to_at) * 1000)::float8 AS "endMs",
           jsonb_build_object('classifier', result -> 'classifier', 'reconstruction', result -> 'reconstruction') AS result
         FROM multivariate_window
         WHERE model_id = $1 AND bin_set_id = $2 AND environment = $3 AND result IS NOT NULL
           AND to_at = from_at + $4 * interval '1 millisecond'
           AND ($5::float8 IS NULL OR to_at > to_timestamp($5 / 1000))
           AND ($6::float8 IS NULL OR from_at < to_timestamp($6 / 1000))
         ORDER BY from_at DESC LIMIT $7`,
        [modelId, binSetId, environment, lengthMs, fromMs ?? null, toMs ?? null, limit],
      );
      return rows;
    },

    async cancel(modelId, id) {
      if (!isUuid(id)) return null;
      return one(
        `UPDATE multivariate_window SET
           cancel_requested = cancel_requested OR state = 'running',
           finished_at = CASE WHEN state = 'waiting' THEN now() ELSE finished_at END,
           state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END
         WHERE model_id = $1 AND id = $2 RETURNING ${columns}`,
        [modelId, id],
      );
    },

    async modelsDue() {
      const { rows } = await pool.query<{ model_id: string }>(
        `SELECT model_id FROM multivariate_window WHERE ${isFree} GROUP BY model_id ORDER BY min(requested_at)`,
      );
      return rows.map((row) => row.model_id);
    },

    async claim(modelId, ms) {
      const holder = randomUUID();
      const record = await one(
        `UPDATE multivariate_window SET state = 'running', holder = $2, attempts = attempts + 1, progress = 0,
           held_until = now() + $3 * interval '1 millisecond'
         WHERE model_id = $1 AND id = (
           SELECT id FROM multivariate_window WHERE model_id = $1 AND ${isFree}
           ORDER BY source = 'request' DESC, to_at DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING ${columns}`,
        [modelId, holder, ms],
      );
      return record ? { lease: { modelId, id: record.id, holder }, record } : null;
    },

    async report({ modelId, id, holder }, progress, ms) {
      const { rows } = await pool.query<{ cancelRequested: boolean }>(
        `UPDATE multivariate_window SET progress = $4, held_until = now() + $5 * interval '1 millisecond'
         WHERE ${held} RETURNING cancel_requested AS "cancelRequested"`,
        [modelId, id, holder, progress, ms],
      );
      return rows[0] ?? null;
    },

    async release({ modelId, id, holder }, { forgive }) {
      await pool.query(
        `UPDATE multivariate_window SET state = 'waiting', holder = NULL, held_until = NULL,
           attempts = attempts - CASE WHEN $4 THEN 1 ELSE 0 END
         WHERE ${held}`,
        [modelId, id, holder, forgive],
      );
    },

    async finish({ modelId, id, holder }, end) {
      const result = end.state === 'done' ? JSON.stringify(end.result) : null;
      await pool.query(
        `UPDATE multivariate_window SET state = $4, detail = $5, result = coalesce($6::jsonb, result),
           progress = CASE WHEN $4 = 'done' THEN 1 ELSE progress END,
           holder = NULL, held_until = NULL, finished_at = now()
         WHERE ${held}`,
        [modelId, id, holder, end.state, end.state === 'done' ? null : end.detail, result],
      );
    },

    async comparable(now, { granularity, most }) {
      const hours = granularity === 'day' ? 24 : 168;
      const { rows } = await pool.query<ComparableWindow>(selectComparable, [now, most, granularity, hours]);
      return rows;
    },
  };
}
