import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type EventBodies, eventBodies } from './event-bodies.ts';
import { untilMirrored } from './flights.ts';
import type { HttpClient } from './http-client.ts';
import { count, median, type PartResult, ratio, timed } from './measurements.ts';
import { createModel, postBodies } from './post-bodies.ts';
import { type Product, startProduct } from './product.ts';

const few = 100_000;
const many = 10_000_000;
const rounds = 5;
const limit = 1.2;
const slug = 'growth';

/** Writes out what filling left dirty, which would otherwise be paid for by the events that are measured. */
async function checkpoint(product: Product): Promise<void> {
  const secrets = JSON.parse(readFileSync(path.join(product.dataDirectory, 'secrets.json'), 'utf8'));
  const url = new URL(product.connectionString);
  url.username = 'postgres';
  url.password = encodeURIComponent(secrets.superuserPassword);
  const superuser = new pg.Client({ connectionString: url.href });
  await superuser.connect();
  await superuser.query('CHECKPOINT');
  await superuser.end();
}

/** Rows in the table of events, small ones: what grows with their number is the index of their ids. */
async function fill(product: Product, rows: number): Promise<void> {
  const client = new pg.Client({ connectionString: product.connectionString });
  await client.connect();
  await client.query(
    `INSERT INTO event (model_id, batch_seq, prediction_id, predicted_at, environment, model_version, body)
     SELECT id, 0, md5(i::text), now(), 'production', '1', '{}'
     FROM model, generate_series((SELECT count(*) FROM event) + 1, $1) AS i`,
    [rows],
  );
  await client.query('VACUUM ANALYZE event');
  await client.end();
  await checkpoint(product);
}

/** Microseconds an event takes, median of some rounds, each with the mirror at rest before it. */
async function costOf(http: HttpClient, events: EventBodies, firstRound: number): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    events.renumber(firstRound + round);
    const { ms } = await timed(() => postBodies(http, slug, events));
    await untilMirrored(http, slug);
    if (round > 0) costs.push((ms * 1000) / (events.bodies.length * events.perBody));
  }
  return median(costs);
}

/** The cost of an event among few stored ones and among many. */
export async function benchGrowth(): Promise<PartResult> {
  const product = await startProduct();
  try {
    await createModel(product.http, slug);
    const events = await eventBodies(20_000, 500);
    await fill(product, few);
    await costOf(product.http, events, 1);
    const before = await costOf(product.http, events, 50);
    await fill(product, many);
    const after = await costOf(product.http, events, 100);
    return {
      title: 'Cost of an event as events gather',
      method: `${rounds} rounds of ${count(events.bodies.length * events.perBody)} events over HTTP as above, after some to warm up, at ${count(few)} and at ${count(many)} stored events. Those were put into the table by SQL with empty bodies and hashes for ids, and written out by a checkpoint; the posted ids ascend, as times do.`,
      lines: [
        { what: `an event among ${count(few)}`, value: `${before.toFixed(1)} µs` },
        { what: `an event among ${count(many)}`, value: `${after.toFixed(1)} µs` },
        {
          what: `ratio, limit ${limit}`,
          value: ratio(after / before),
          passed: after / before <= limit,
        },
      ],
    };
  } finally {
    await product.stop();
  }
}
