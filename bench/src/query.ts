import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { postFlightModel, postFlights, untilMirrored } from './flights.ts';
import type { HttpClient } from './http-client.ts';
import { count, median, type PartResult, ratio, timed } from './measurements.ts';
import { type Product, startProduct } from './product.ts';

const flights = 200_000;
const runs = 15;
const slug = 'query';
const airports = ['ORD', 'ATL', 'DFW', 'LAX', 'PHX'];
const list = airports.map((name) => `'${name}'`).join(', ');
const hour = 3_600_000;

interface Parts {
  modelId: string;
  paths: string[];
  column: string;
}

/** Where the events of the model lie: the live part files, and the column of `origin` in them. */
async function findParts(client: pg.Client, { dataDirectory }: Product): Promise<Parts> {
  const { rows: models } = await client.query<{ id: string; ordinal: number }>(
    `SELECT model.id, feature.ordinal FROM model JOIN feature ON feature.model_id = model.id
     WHERE model.slug = $1 AND feature.name = 'origin'`,
    [slug],
  );
  const [model] = models;
  if (!model) throw new Error('the model has no feature origin');
  const { rows } = await client.query<{ path: string }>(
    `SELECT path FROM part WHERE model_id = $1 AND kind = 'events' AND replaced_at IS NULL`,
    [model.id],
  );
  return {
    modelId: model.id,
    paths: rows.map((row) => path.join(dataDirectory, 'parts', row.path)),
    column: `f${model.ordinal}`,
  };
}

/** Each way of asking in turns; the median time of each. */
async function race<Way extends string>(
  ways: Record<Way, () => Promise<number>>,
): Promise<Record<Way, number>> {
  const names = Object.keys(ways) as Way[];
  const times = new Map<Way, number[]>(names.map((name) => [name, []]));
  const answers = new Map<Way, number>();
  for (let run = 0; run <= runs; run++) {
    for (const name of names) {
      const { ms, result } = await timed(ways[name]);
      answers.set(name, result);
      if (run > 0) times.get(name)?.push(ms);
    }
  }
  if (new Set(answers.values()).size > 1) throw new Error(`the ways differ: ${JSON.stringify([...answers])}`);
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<
    Way,
    number
  >;
}

const cohort = encodeURIComponent(JSON.stringify({ field: 'features.origin', op: 'in', value: airports }));
const month = 'from=2001-03-01T00:00:00Z&to=2001-04-01T00:00:00Z';
const [from, to] = [Date.UTC(2001, 2, 1), Date.UTC(2001, 3, 1)];

async function raceCohort(http: HttpClient, duckdb: DuckDBConnection, client: pg.Client, parts: Parts) {
  const files = parts.paths.map((file) => `'${file}'`).join(', ');
  return race({
    api: async () => {
      const { points } = await http.get<{ points: { n: number }[] }>(
        `/v1/models/${slug}/timeseries?metric=volume&granularity=hour&${month}&filter=${cohort}`,
      );
      return points.reduce((sum, { n }) => sum + n, 0);
    },
    duckdb: async () => {
      const reader = await duckdb.runAndReadAll(
        `SELECT predicted_ms // ${hour} AS slot, count(*)::DOUBLE AS n FROM read_parquet([${files}])
         WHERE predicted_ms >= ${from} AND predicted_ms < ${to} AND ${parts.column} IN (${list}) GROUP BY slot`,
      );
      return reader.getRowsJS().reduce((sum, row) => sum + Number(row[1]), 0);
    },
    jsonb: async () => {
      const { rows } = await client.query<{ n: string }>(
        `SELECT date_trunc('hour', predicted_at) AS slot, count(*) AS n FROM event
         WHERE model_id = $1 AND predicted_at >= $2 AND predicted_at < $3
           AND body -> 'features' ->> 'origin' IN (${list}) GROUP BY slot`,
        [parts.modelId, new Date(from), new Date(to)],
      );
      return rows.reduce((sum, row) => sum + Number(row.n), 0);
    },
  });
}

/** Drift, quality and performance of everything, asked for at once as a page does. */
async function reportTime(http: HttpClient, query: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const { ms } = await timed(() =>
      Promise.all(
        ['drift', 'quality', 'performance'].map((name) => http.get(`/v1/models/${slug}/${name}?${query}`)),
      ),
    );
    if (run > 0) times.push(ms);
  }
  return median(times);
}

/** A cohort question through the API, in bare DuckDB on the same files, and in SQL on the JSONB rows; then a full report. */
export async function benchQuery(): Promise<PartResult> {
  const product = await startProduct();
  const client = new pg.Client({ connectionString: product.connectionString });
  const instance = await DuckDBInstance.create(':memory:');
  try {
    await client.connect();
    const { http } = product;
    await postFlightModel(http, slug);
    const sent = await postFlights(http, slug, flights, { labels: true });
    await untilMirrored(http, slug);
    await client.query('ANALYZE event');
    const parts = await findParts(client, product);
    const duckdb = await instance.connect();
    const times = await raceCohort(http, duckdb, client, parts);
    duckdb.closeSync();
    const all = await reportTime(http, 'from=2001-02-01T00:00:00Z&to=2001-07-01T00:00:00Z');
    const filtered = await reportTime(http, `${month}&filter=${cohort}`);
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    return {
      title: 'Questions',
      method: `${count(sent)} labelled real flights of five months in ${parts.paths.length} part files; medians of ${runs} turns after one to warm up. The cohort question counts the flights of five airports by hour over March; all three ways must give the same total.`,
      lines: [
        { what: 'cohort question through the API', value: ms(times.api) },
        { what: '… ÷ DuckDB on the same files', value: ratio(times.api / times.duckdb) },
        { what: 'SQL on the JSONB rows ÷ … through the API', value: ratio(times.jsonb / times.api) },
        { what: 'full report (drift, quality, performance) of five months', value: ms(all) },
        { what: 'full report of the cohort in March, scanned', value: ms(filtered) },
      ],
    };
  } finally {
    instance.closeSync();
    await client.end();
    await product.stop();
  }
}
