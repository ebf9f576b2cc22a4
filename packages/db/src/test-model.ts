import type { StoredEvent } from '@plumbline/contracts';
import pg from 'pg';
import { inject } from 'vitest';
import { createDb } from './create-db.ts';
import type { Db } from './db.ts';
import type { IncomingBatch, IncomingEvent } from './incoming-batch.ts';
import type { ProfileRow } from './profile-row.ts';
import { createTestDatabase } from './testing.ts';

export interface TestModel {
  db: Db;
  /** For looking at rows. */
  pool: pg.Pool;
  connectionString: string;
  projectId: string;
  modelId: string;
  close(): Promise<void>;
}

export const hour = 3_600_000;
export const t0 = Date.UTC(2026, 0, 5, 10);

/** A migrated database of its own with a project and the model `flights`. */
export async function openTestModel(): Promise<TestModel> {
  const database = await createTestDatabase(inject('postgres'));
  const { connectionString } = database;
  const db = createDb({ connectionString, poolSize: 16, connectionTimeoutMs: 20_000 });
  const pool = new pg.Pool({ connectionString, max: 4 });
  const project = await db.access.createProject('test');
  const { model } = await db.models.put(project.id, { slug: 'flights', task: 'binary_classification' });
  return {
    db,
    pool,
    connectionString,
    projectId: project.id,
    modelId: model.id,
    async close() {
      await Promise.all([db.close(), pool.end()]);
      await database.drop();
    },
  };
}

export function testEvent(id: string, change: Partial<StoredEvent> = {}): IncomingEvent {
  const event: StoredEvent = {
    prediction_id: id,
    prediction_ms: t0,
    model_version: '1',
    environment: 'production',
    features: { distance: 100, origin: 'LAS' },
    prediction_score: 0.5,
    ...change,
  };
  return { event, body: JSON.stringify(event) };
}

/** A batch whose answer counts like the API's. */
export function testBatch(modelId: string, change: Partial<IncomingBatch>): IncomingBatch {
  const batchId = change.batchId ?? crypto.randomUUID();
  return {
    modelId,
    batchId,
    kind: 'events',
    events: [],
    actuals: [],
    quarantine: [],
    answer: ({ inserted, duplicates }) => ({
      status: 202,
      body: { batch_id: batchId, accepted: inserted, duplicates: duplicates.length, rejected: [] },
    }),
    ...change,
  };
}

/** Profiles of hours as a worker leaves them; an hour of `slots` without a row is empty, and days are those of `rollUp`. */
export async function writeProfiles(
  { db, pool }: Pick<TestModel, 'db' | 'pool'>,
  modelId: string,
  binSetId: string,
  rows: ProfileRow[],
  {
    slots = rows.map(({ start }) => start),
    rollUp = () => [],
  }: { slots?: number[]; rollUp?: (hours: ProfileRow[]) => ProfileRow[] } = {},
): Promise<void> {
  await pool.query(
    `INSERT INTO stale_hour (model_id, start_at) SELECT DISTINCT $1::uuid, to_timestamp(ms / 1000) FROM unnest($2::float8[]) AS ms
     ON CONFLICT (model_id, start_at) DO UPDATE SET mark = DEFAULT, profiled = false`,
    [modelId, slots],
  );
  const hours = (await db.profiles.staleHours(modelId, 9999)).filter(({ start }) => slots.includes(start));
  await db.profiles.writeStale(modelId, binSetId, { hours, rows, rollUp });
  await db.profiles.clearStale(modelId, hours);
}
