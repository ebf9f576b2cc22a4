import { randomUUID } from 'node:crypto';
import type { BinSet, ColumnProfile, Profile } from '@plumbline/contracts';
import { mergeProfiles } from '@plumbline/metrics';
import pg from 'pg';
import { median, timed } from './measurements.ts';
import { startProduct } from './product.ts';

export const chartColumns = 200;
const days = 365;
const hoursOfDay = 24;
const eventsOfHour = 1000;
const bins = 21;
const runs = 15;
const slug = 'year';
const hourMs = 3_600_000;
const dayMs = hoursOfDay * hourMs;
const start = Date.UTC(2025, 0, 1);

const features = Array.from({ length: chartColumns }, (_, i) => `feature_${i}`);
const binSet: BinSet = {
  columns: features.map((name) => ({
    column: `features.${name}`,
    kind: 'numeric',
    bins: { layout: 'numeric', edges: Array.from({ length: bins }, (_, i) => i) },
  })),
};

/** A profile that compresses as little as a real one: no two counts or sums are alike. */
function profile(hour: number): Profile {
  const noise = (i: number) => ((i * 2_654_435_761 + hour * 40_503) >>> 0) / 2 ** 32;
  const column = (seed: number): ColumnProfile => {
    const counts = Array.from({ length: bins + 1 }, (_, i) => Math.floor(20 + 50 * noise(seed * 97 + i)));
    const n = counts.reduce((a, b) => a + b, 0);
    const sums = counts.map((count, i) => count * (i + noise(seed * 89 + i)));
    return { n, missing: 7, counts, sums, mean: 10 + noise(seed), m2: n * noise(seed + 1), min: 0, max: 21 };
  };
  return {
    events: eventsOfHour,
    columns: Object.fromEntries(features.map((name, i) => [`features.${name}`, column(i)])),
    performance: { labelled: 0 },
  };
}

async function store(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM model WHERE slug = $1', [slug]);
  const modelId = rows[0]?.id;
  const [binSetId, referenceId] = [randomUUID(), randomUUID()];
  await client.query('UPDATE bin_set SET active = false WHERE model_id = $1', [modelId]);
  await client.query(`INSERT INTO reference (model_id, id, source, rows) VALUES ($1, $2, 'upload', $3)`, [
    modelId,
    referenceId,
    eventsOfHour,
  ]);
  await client.query(
    `INSERT INTO bin_set (model_id, id, reference_id, body, reference_profile, profile_format)
     VALUES ($1, $2, $3, $4, $5, 1000000)`,
    [modelId, binSetId, referenceId, JSON.stringify(binSet), JSON.stringify(profile(-1))],
  );
  for (let day = 0; day < days; day++) {
    const hours = Array.from({ length: hoursOfDay }, (_, hour) => profile(day * hoursOfDay + hour));
    const dayStart = start + day * dayMs;
    const slots = [
      { grain: 'day', at: dayStart, of: mergeProfiles(hours) },
      ...hours.map((of, hour) => ({ grain: 'hour', at: dayStart + hour * hourMs, of })),
    ];
    await client.query(
      `INSERT INTO profile (model_id, bin_set_id, grain, start_at, environment, version, events, body, format)
       SELECT $1, $2, grain, to_timestamp(ms / 1000), 'production', '1', events, body::jsonb, 1000000
       FROM unnest($3::text[], $4::float8[], $5::int[], $6::text[]) AS slot (grain, ms, events, body)`,
      [
        modelId,
        binSetId,
        slots.map(({ grain }) => grain),
        slots.map(({ at }) => at),
        slots.map(({ of }) => of.events),
        slots.map(({ of }) => JSON.stringify(of)),
      ],
    );
  }
  await client.query('ANALYZE profile');
}

/** Milliseconds, medians of questions about a year of hours through the API. */
export interface YearTimes {
  /** A chart by day of the drift of one column out of many. */
  chartMs: number;
  /** The drift of all columns in the whole year. */
  driftMs: number;
}

/** Waits until the worker has made profiles of the months that are over: eleven. */
async function merged(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query("SELECT 1 FROM profile WHERE grain = 'month'");
    if (rows.length === 11) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Asks of a year that is stored by hour and, as the product keeps it, by day and month. */
export async function timeYear(): Promise<YearTimes> {
  const product = await startProduct();
  const client = new pg.Client({ connectionString: product.connectionString });
  try {
    await client.connect();
    await product.http.put(`/v1/models/${slug}`, {
      task: 'regression',
      features: features.map((name) => ({ name, kind: 'numeric' })),
    });
    await store(client);
    await merged(client);
    const model = `/v1/models/${slug}`;
    const range = `from=${new Date(start).toISOString()}&to=${new Date(start + days * dayMs).toISOString()}`;
    const chartMs = await medianOf(async (run) => {
      const { points } = await product.http.get<{ points: { status: string }[] }>(
        `${model}/timeseries?metric=psi&column=feature_${run}&granularity=day&${range}`,
      );
      if (points.filter(({ status }) => status === 'ok').length !== days)
        throw new Error('the chart has gaps');
    });
    const driftMs = await medianOf(async () => {
      const { columns } = await product.http.get<{ columns: { n_current: number }[] }>(
        `${model}/drift?${range}`,
      );
      if (columns.filter(({ n_current }) => n_current > days * hoursOfDay).length !== chartColumns)
        throw new Error('the report lacks columns');
    });
    return { chartMs, driftMs };
  } finally {
    await client.end();
    await product.stop();
  }
}

/** The first run, which finds nothing in memory, does not count. */
async function medianOf(ask: (run: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const { ms } = await timed(() => ask(run));
    if (run > 0) times.push(ms);
  }
  return median(times);
}
