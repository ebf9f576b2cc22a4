import { resolve } from 'node:path';
import {
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBType,
  VARCHAR,
} from '@duckdb/node-api';
import type { SqlValue } from './params.ts';
import { textLiteral } from './sql-text.ts';

export interface PoolOptions {
  /** Directories statements may read and write, absolute or relative to the working directory. */
  directories: string[];
  /** Where sorts and joins that exceed the memory limit spill; no other engine may use it. */
  temporaryDirectory: string;
  memoryLimitMb: number;
  threads: number;
  connections: number;
  /** Statements are interrupted after this long, in milliseconds. */
  timeoutMs: number;
}

type Row = Record<string, unknown>;

/** One connection, for the time of one {@link DuckdbPool.use}. */
export interface Session {
  run(sql: string, values?: SqlValue[]): Promise<void>;
  /** BIGINT and HUGEINT come as numbers. */
  rows(sql: string, values?: SqlValue[]): Promise<Row[]>;
  /** The columns of the result in order; for results of many rows. */
  columns(sql: string, values?: SqlValue[]): Promise<unknown[][]>;
}

export interface DuckdbPool {
  /** `signal` interrupts the statement that runs, and lets no other begin. */
  use<T>(work: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Interrupts what runs, waits for it and closes the database. */
  close(): Promise<void>;
}

const closedMessage = 'the columnar engine is closed';

/** An in-memory DuckDB that sees the given directories and nothing else; its settings cannot be changed by a statement. */
export async function createDuckdbPool(options: PoolOptions): Promise<DuckdbPool> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${options.memoryLimitMb}MB`,
    threads: String(options.threads),
    temp_directory: resolve(options.temporaryDirectory),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connections: DuckDBConnection[] = [];
  for (let i = 0; i < Math.max(1, options.connections); i++) connections.push(await instance.connect());
  const allowed = options.directories.map((directory) => textLiteral(`${resolve(directory)}/`));
  for (const setting of [
    `SET GLOBAL TimeZone = 'UTC'`,
    'SET GLOBAL parquet_metadata_cache = true',
    `SET GLOBAL allowed_directories = [${allowed.join(', ')}]`,
    'SET GLOBAL enable_external_access = false',
    'SET GLOBAL lock_configuration = true',
  ])
    await connections[0]?.run(setting);

  const idle = [...connections];
  const waiting: ((connection: DuckDBConnection | Error) => void)[] = [];
  const active = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  async function take(): Promise<DuckDBConnection> {
    if (closed) throw new Error(closedMessage);
    const free = idle.pop();
    if (free) return free;
    const next = await new Promise<DuckDBConnection | Error>((done) => waiting.push(done));
    if (next instanceof Error) throw next;
    return next;
  }

  function give(connection: DuckDBConnection): void {
    const next = waiting.shift();
    if (next) next(connection);
    else idle.push(connection);
  }

  async function shut(): Promise<void> {
    for (const refused of waiting.splice(0)) refused(new Error(closedMessage));
    // Repeated, because an interrupt that comes while a statement is being prepared is lost.
    const interrupting = setInterval(() => {
      for (const connection of connections) connection.interrupt();
    }, 20);
    await Promise.allSettled(active);
    clearInterval(interrupting);
    for (const connection of connections) connection.closeSync();
    instance.closeSync();
  }

  return {
    use(work, signal) {
      const running = take().then(async (connection) => {
        try {
          const isClosed = () => closed !== undefined;
          return await work(openSession(connection, { timeoutMs: options.timeoutMs, isClosed, signal }));
        } finally {
          give(connection);
        }
      });
      active.add(running);
      const forget = () => active.delete(running);
      running.then(forget, forget);
      return running;
    },
    close() {
      closed ??= shut();
      return closed;
    },
  };
}

function openSession(
  connection: DuckDBConnection,
  limits: { timeoutMs: number; isClosed: () => boolean; signal: AbortSignal | undefined },
): Session {
  async function limited<T>(start: () => Promise<T>): Promise<T> {
    const { timeoutMs, isClosed, signal } = limits;
    if (isClosed()) throw new Error(closedMessage);
    signal?.throwIfAborted();
    const interrupt = () => connection.interrupt();
    const timer = setTimeout(interrupt, timeoutMs);
    signal?.addEventListener('abort', interrupt);
    try {
      return await start();
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
    }
  }
  return {
    async run(sql, values = []) {
      await limited(() => connection.run(sql, values, values.map(typeOf)));
    },
    async rows(sql, values = []) {
      const reader = await limited(() => connection.runAndReadAll(sql, values, values.map(typeOf)));
      return reader.getRowObjectsJS().map((row) => {
        const plain: Row = {};
        for (const [name, value] of Object.entries(row))
          plain[name] = typeof value === 'bigint' ? Number(value) : value;
        return plain;
      });
    },
    async columns(sql, values = []) {
      const reader = await limited(() => connection.runAndReadAll(sql, values, values.map(typeOf)));
      return reader.getColumns();
    },
  };
}

/** Without it a whole number would be bound as an integer and refused beyond 64 bits. */
function typeOf(value: SqlValue): DuckDBType {
  if (typeof value === 'string') return VARCHAR;
  return typeof value === 'number' ? DOUBLE : BOOLEAN;
}
