import { randomUUID } from 'node:crypto';
import type { BinSet, ColumnProfile, Profile } from '@plumbline/contracts';
import pg from 'pg';
import { median, timed } from './measurements.ts';
import { startProduct } from './product.ts';

export const chartColumns = 200;
const days = 365;
const eventsOfDay = 24_000;
const bins = 21;
const runs = 15;
const slug = 'year';
const dayMs = 86_400_000;
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
function profile(day: number): Profile {
  const noise = (i: number) => ((i * 2_654_435_761 + day * 40_503) >>> 0) / 2 ** 32;
  const column = (seed: number): ColumnProfile => {
    const counts = Array.from({ length: bins + 1 }, (_, i) => Math.floor(500 + 1000 * noise(seed * 97 + i)));
    const n = counts.reduce((a, b) => a + b, 0);
    const sums = counts.map((count, i) => count * (i + noise(seed * 89 + i)));
    return { n, missing: 7, counts, sums, mean: 10 + noise(seed), m2: n * noise(seed + 1), min: 0, max: 21 };
  };
  return {
    events: eventsOfDay,
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
    eventsOfDay,
  ]);
  await client.query(
    `INSERT INTO bin_set (model_id, id, reference_id, body, reference_profile, profile_format)
     VALUES ($1, $2, $3, $4, $5, 1000000)`,
    [modelId, binSetId, referenceId, JSON.stringify(binSet), JSON.stringify(profile(-1))],
  );
  for (let day = 0; day < days; day++) {
    await client.query(
      `INSERT INTO profile (model_id, bin_set_id, grain, start_at, environment, version, events, body, format)
       VALUES ($1, $2, 'day', $3, 'production', '1', $4, $5, 1000000)`,
      [modelId, binSetId, new Date(start + day * dayMs), eventsOfDay, JSON.stringify(profile(day))],
    );
  }
  await client.query('ANALYZE profile');
}

/** Median milliseconds of a chart of a year by day through the API: drift of one column out of many. */
export async function timeChartOfAYear(): Promise<number> {
  const product = await startProduct();
  const client = new pg.Client({ connectionString: product.connectionString });
  try {
    await client.connect();
    await product.http.put(`/v1/models/${slug}`, {
      task: 'regression',
      features: features.map((name) => ({ name, kind: 'numeric' })),
    });
    await store(client);
    const range = `from=${new Date(start).toISOString()}&to=${new Date(start + days * dayMs).toISOString()}`;
    const times: number[] = [];
    for (let run = 0; run <= runs; run++) {
      const { ms, result } = await timed(() =>
        product.http.get<{ points: { status: string }[] }>(
          `/v1/models/${slug}/timeseries?metric=psi&column=feature_${run}&granularity=day&${range}`,
        ),
      );
      if (result.points.filter(({ status }) => status === 'ok').length !== days)
        throw new Error('the chart has gaps');
      if (run > 0) times.push(ms);
    }
    return median(times);
  } finally {
    await client.end();
    await product.stop();
  }
}
