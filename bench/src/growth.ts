import pg from 'pg';
import { type EventBodies, eventBodies } from './event-bodies.ts';
import { untilMirrored } from './flights.ts';
import type { HttpClient } from './http-client.ts';
import { count, median, type PartResult, ratio, timed } from './measurements.ts';
import { createModel, postBodies } from './post-bodies.ts';
import { startProduct } from './product.ts';

const few = 100_000;
const many = 10_000_000;
const rounds = 5;
const limit = 1.2;
const slug = 'growth';

/** Rows in the table of events, small ones: what grows with their number is the index of their ids. */
async function fill(client: pg.Client, rows: number): Promise<void> {
  await client.query(
    `INSERT INTO event (model_id, batch_seq, prediction_id, predicted_at, environment, model_version, body)
     SELECT id, 0, md5(i::text), now(), 'production', '1', '{}'
     FROM model, generate_series((SELECT count(*) FROM event) + 1, $1) AS i`,
    [rows],
  );
  await client.query('VACUUM ANALYZE event');
  await client.query('CHECKPOINT').catch(() => {});
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
  const client = new pg.Client({ connectionString: product.connectionString });
  try {
    await client.connect();
    await createModel(product.http, slug);
    const events = await eventBodies(20_000, 500);
    await fill(client, few);
    const before = await costOf(product.http, events, 1);
    await fill(client, many);
    const after = await costOf(product.http, events, 100);
    return {
      title: 'Cost of an event as events gather',
      method: `${rounds} rounds of ${count(events.bodies.length * events.perBody)} events over HTTP as above, after one to warm up, at ${count(few)} and at ${count(many)} stored events. Those were put into the table by SQL with empty bodies and random ids, the worst order for the index of ids.`,
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
    await client.end();
    await product.stop();
  }
}
