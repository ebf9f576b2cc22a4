import pg from 'pg';
import { createAccessStore } from './access-store.ts';
import { createActualStore } from './actual-store.ts';
import { createChannelStore } from './channel-store.ts';
import { clientWithin } from './client-within.ts';
import type { Db } from './db.ts';
import { createDeliveryStore } from './delivery-store.ts';
import { createEventStore } from './event-store.ts';
import { createExpectationStore } from './expectation-store.ts';
import { createImportStore } from './import-store.ts';
import { createIncidentStore } from './incident-store.ts';
import { createIntakeCounts } from './intake-counts.ts';
import { createLabelStore } from './label-store.ts';
import { createLossEstimatorStore } from './loss-estimator-store.ts';
import { createMetricPointStore } from './metric-point-store.ts';
import { createModelStore } from './model-store.ts';
import { createMonitorStore } from './monitor-store.ts';
import { createMultivariateStore } from './multivariate-store.ts';
import { createPartManifest } from './part-manifest.ts';
import { createPrisma } from './prisma.ts';
import { createProfileStore } from './profile-store.ts';
import { createQuarantineStore } from './quarantine-store.ts';
import { createSchemaStore } from './schema-store.ts';

export interface DbOptions {
  /** `postgres://user:password@host:port/database` */
  connectionString: string;
  /** Connections for requests; default 10. Bulk work (exports, deleting a model) has up to 4 more. */
  poolSize?: number;
  /** Longest a statement may run, and a second longer the longest an answer is waited for; default 10,000. */
  statementTimeoutMs?: number;
  /** Longest wait for a connection, new or from the pool; default 2,000. */
  connectionTimeoutMs?: number;
  /** Longest a new connection may take to be made; default `connectionTimeoutMs`. */
  newConnectionTimeoutMs?: number;
  /** Told of connections that broke while no statement ran on them; the pool replaces them. */
  onConnectionError?: (error: Error) => void;
}

/** Each idle connection is a server process of about 20 MB; a new one costs a few milliseconds. */
const idleMs = 3_000;
const bulkConnections = 4;
const bulkConnectionTimeoutMs = 30_000;

function createPool(config: pg.PoolConfig, onConnectionError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    keepAlive: true,
    application_name: 'plumbline',
    idleTimeoutMillis: idleMs,
    ...config,
  });
  // The pool repeats what idle clients report and, unheard, would end the process; so would a client that breaks between
  // two statements of a transaction, when the pool does not watch it.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', onConnectionError));
  return pool;
}

async function clockSkewMs(pool: pg.Pool): Promise<number> {
  const before = Date.now();
  const { rows } = await pool.query<{ now: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
  );
  const after = Date.now();
  return (rows[0]?.now ?? Number.NaN) - (before + after) / 2;
}

/** Connects on first use. The database must have been brought up to date by `migrate`. */
export function createDb({
  connectionString,
  poolSize = 10,
  statementTimeoutMs = 10_000,
  connectionTimeoutMs = 2_000,
  newConnectionTimeoutMs = connectionTimeoutMs,
  onConnectionError = () => {},
}: DbOptions): Db {
  const pool = createPool(
    {
      connectionString,
      max: poolSize,
      connectionTimeoutMillis: connectionTimeoutMs,
      Client: clientWithin(newConnectionTimeoutMs),
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + 1_000,
    },
    onConnectionError,
  );
  const bulkPool = createPool(
    { connectionString, max: bulkConnections, connectionTimeoutMillis: bulkConnectionTimeoutMs },
    onConnectionError,
  );
  const clients = new Set<pg.PoolClient>();
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  const prisma = createPrisma(pool);
  let closed: Promise<void> | undefined;
  return {
    models: createModelStore(prisma, pool, bulkPool),
    actuals: createActualStore(pool),
    events: createEventStore(pool),
    quarantine: createQuarantineStore(pool, bulkPool),
    intake: createIntakeCounts(pool),
    schemas: createSchemaStore(pool),
    expectations: createExpectationStore(pool),
    imports: createImportStore(pool),
    parts: createPartManifest(pool, bulkPool),
    profiles: createProfileStore(pool),
    metricPoints: createMetricPointStore(pool),
    labels: createLabelStore(pool),
    multivariate: createMultivariateStore(pool),
    lossEstimators: createLossEstimatorStore(pool),
    monitors: createMonitorStore(prisma),
    incidents: createIncidentStore(prisma),
    channels: createChannelStore(prisma),
    deliveries: createDeliveryStore(prisma),
    access: createAccessStore(prisma),
    clockSkewMs: () => clockSkewMs(pool),
    async ping() {
      await pool.query('SELECT 1');
    },
    async pendingRows() {
      const { rows } = await pool.query<{ rows: number }>(
        'SELECT coalesce(sum(events + actuals), 0)::float8 AS rows FROM ingest_batch WHERE mirrored_at IS NULL',
      );
      return rows[0]?.rows ?? 0;
    },
    dropConnections() {
      for (const client of clients) client.connection.stream.destroy();
    },
    close() {
      closed ??= prisma
        .$disconnect()
        .then(() => Promise.all([pool.end(), bulkPool.end()]))
        .then(() => undefined);
      return closed;
    },
  };
}
