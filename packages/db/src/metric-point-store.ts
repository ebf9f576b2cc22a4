import type { Granularity, MetricStatus, Score } from '@plumbline/contracts';
import type { Pool } from 'pg';

/** `columnKey` '' = a metric of the model as a whole; `version` '' = all versions. */
export interface MetricPointKey {
  metric: string;
  columnKey: string;
  granularity: Granularity;
  environment: string;
  version: string;
}

export interface MetricPointRow {
  startMs: number;
  score: Score;
}

export interface MetricPointStore {
  /**
   * Upserts; an equal row is left alone, a changed one raises `revision`. Does nothing when the bin set is no longer the
   * active one.
   */
  write(modelId: string, binSetId: string, key: MetricPointKey, points: MetricPointRow[]): Promise<void>;
  /** Newest `limit` points that start in [fromMs, toMs), in ascending order of time, on this bin set only. */
  read(
    modelId: string,
    binSetId: string,
    key: MetricPointKey,
    options: { limit: number; fromMs?: number; toMs?: number },
  ): Promise<MetricPointRow[]>;
}

interface Row {
  start_ms: number;
  value: number | null;
  lower: number | null;
  upper: number | null;
  n: number;
  n_reference: number | null;
  p_value: number | null;
  adjusted_p: number | null;
  exactness: Score['exactness'];
  error_bound: number | null;
  status: MetricStatus;
}

const toPoint = (row: Row): MetricPointRow => ({
  startMs: row.start_ms,
  score: {
    value: row.value,
    status: row.status,
    n: row.n,
    lower: row.lower,
    upper: row.upper,
    pValue: row.p_value,
    adjustedP: row.adjusted_p,
    exactness: row.exactness,
    errorBound: row.error_bound,
    ...(row.n_reference === null ? {} : { nReference: row.n_reference }),
  },
});

const measured = [
  'bin_set_id',
  'value',
  'lower',
  'upper',
  'n',
  'n_reference',
  'p_value',
  'adjusted_p',
  'exactness',
  'error_bound',
  'status',
];
const list = (prefix: string) => measured.map((column) => prefix + column).join(', ');

export function createMetricPointStore(pool: Pool): MetricPointStore {
  return {
    async write(modelId, binSetId, key, points) {
      if (points.length === 0) return;
      const sorted = points.toSorted((a, b) => a.startMs - b.startMs);
      const scores = sorted.map((point) => point.score);
      await pool.query(
        `INSERT INTO metric_point (model_id, metric, column_key, granularity, environment, version, start_at, ${list('')})
         SELECT active.model_id, $3, $4, $5, $6, $7, to_timestamp(ms / 1000), active.id,
                value, lower, upper, n, n_reference, p_value, adjusted_p, exactness, error_bound, status
         FROM (SELECT model_id, id FROM bin_set WHERE model_id = $1 AND id = $2 AND active FOR SHARE) active,
              unnest($8::float8[], $9::float8[], $10::float8[], $11::float8[], $12::int[], $13::int[], $14::float8[],
                     $15::float8[], $16::text[], $17::float8[], $18::text[])
                AS row (ms, value, lower, upper, n, n_reference, p_value, adjusted_p, exactness, error_bound, status)
         ON CONFLICT (model_id, metric, column_key, granularity, start_at, environment, version) DO UPDATE SET
           (${list('')}) = ROW (${list('excluded.')}), revision = metric_point.revision + 1, updated_at = now()
         WHERE (${list('metric_point.')}) IS DISTINCT FROM (${list('excluded.')})`,
        [
          modelId,
          binSetId,
          key.metric,
          key.columnKey,
          key.granularity,
          key.environment,
          key.version,
          sorted.map((point) => point.startMs),
          scores.map((score) => score.value),
          scores.map((score) => score.lower ?? null),
          scores.map((score) => score.upper ?? null),
          scores.map((score) => score.n),
          scores.map((score) => score.nReference ?? null),
          scores.map((score) => score.pValue ?? null),
          scores.map((score) => score.adjustedP ?? null),
          scores.map((score) => score.exactness),
          scores.map((score) => score.errorBound ?? null),
          scores.map((score) => score.status),
        ],
      );
    },

    async read(modelId, binSetId, key, { limit, fromMs, toMs }) {
      const { rows } = await pool.query<Row>(
        `SELECT (extract(epoch FROM start_at) * 1000)::float8 AS start_ms, ${list('')} FROM metric_point
         WHERE model_id = $1 AND bin_set_id = $2 AND metric = $3 AND column_key = $4 AND granularity = $5
           AND environment = $6 AND version = $7
           AND ($8::float8 IS NULL OR start_at >= to_timestamp($8 / 1000))
           AND ($9::float8 IS NULL OR start_at < to_timestamp($9 / 1000))
         ORDER BY start_at DESC LIMIT $10`,
        [
          modelId,
          binSetId,
          key.metric,
          key.columnKey,
          key.granularity,
          key.environment,
          key.version,
          fromMs ?? null,
          toMs ?? null,
          limit,
        ],
      );
      return rows.reverse().map(toPoint);
    },
  };
}
