import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { TestInstallation } from '../test-installation.ts';
import type { ExpectedActual } from './expected-state.ts';

export interface LiveRow {
  id: string;
  ms: number;
  environment: string;
  version: string;
  score: number;
  label: string | null;
  features: Record<string, string | number | null>;
  actual: ExpectedActual | null;
}

type PartRow = Record<string, string | number | bigint | null>;

type ReadParquet = (paths: string[]) => Promise<PartRow[]>;

/** A DuckDB of its own, so that what reads the parts shares nothing with what wrote them. */
async function withReader<T>(work: (read: ReadParquet) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    return await work(async (paths) => {
      if (paths.length === 0) return [];
      const files = paths.map((path) => `'${path}'`).join(', ');
      const reader = await connection.runAndReadAll(
        `SELECT * FROM read_parquet([${files}], union_by_name = true)`,
      );
      return reader.getRowObjectsJS() as PartRow[];
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

interface Known extends ExpectedActual {
  seq: number;
}

const isLater = (a: Known, b: Known) => {
  const [x, y] = [a.ms ?? Number.NEGATIVE_INFINITY, b.ms ?? Number.NEGATIVE_INFINITY];
  return x > y || (x === y && a.seq > b.seq);
};

function knownIn(row: PartRow): Known | null {
  if (row.actual_seq === null) return null;
  const value = row.actual_label ?? row.actual_score ?? null;
  const ms = row.actual_ms === null ? null : Number(row.actual_ms);
  return { value: value as string | number | null, ms, seq: Number(row.actual_seq) };
}

/**
 * Every row of the live event parts with its latest actual, read from the Parquet files the manifest names and put
 * together here: an event that is in two parts appears twice.
 */
export function liveRows(lab: Pick<TestInstallation, 'db' | 'dataDir'>, modelId: string): Promise<LiveRow[]> {
  return withReader(async (readParquet) => {
    const parts = await lab.db.parts.live(modelId, { kinds: ['events', 'actuals'] });
    const model = await lab.db.models.get(modelId);
    const filesOf = (kind: string) =>
      parts.filter((part) => part.kind === kind).map((part) => join(lab.dataDir, 'parts', part.path));
    const latest = new Map<string, Known>();
    for (const row of await readParquet(filesOf('actuals'))) {
      const [id, known] = [String(row.prediction_id), knownIn(row)];
      const before = latest.get(id);
      if (known && (!before || isLater(known, before))) latest.set(id, known);
    }
    return (await readParquet(filesOf('events'))).map((row) => {
      const id = String(row.prediction_id);
      const [own, late] = [knownIn(row), latest.get(id)];
      const actual = late && (!own || isLater(late, own)) ? late : own;
      const features = (model?.features ?? []).map(({ name, ordinal }) => [name, row[`f${ordinal}`] ?? null]);
      return {
        id,
        ms: Number(row.predicted_ms),
        environment: String(row.environment),
        version: String(row.model_version),
        score: Number(row.prediction_score),
        label: row.prediction_label === null ? null : String(row.prediction_label),
        features: Object.fromEntries(features),
        actual: actual && { value: actual.value, ms: actual.ms },
      };
    });
  });
}
