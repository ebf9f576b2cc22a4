import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { eventBodies } from './event-bodies.ts';
import { untilMirrored } from './flights.ts';
import { count, median, type PartResult, ratio, timed } from './measurements.ts';
import { createModel, postBodies } from './post-bodies.ts';
import { startProduct } from './product.ts';

const mostRounds = 6;
/** No new round after this long. */
const budgetMs = 45_000;
const eventsPerRound = 40_000;
const eventsPerBatch = 500;
const slug = 'ingest';

/** The rows of the newest events as `COPY` writes them. */
async function rowsOf(client: pg.Client, round: number): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  const stream = client.query(
    copyTo(
      `COPY (SELECT * FROM event WHERE prediction_id LIKE 'r${String(round).padStart(6, '0')}-%') TO STDOUT`,
    ),
  );
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'end');
  return chunks;
}

/** HTTP ingestion beside `\copy` of the very rows it stored, in turns, on the same Postgres. */
export async function benchIngest(): Promise<PartResult> {
  const product = await startProduct();
  const client = new pg.Client({ connectionString: product.connectionString });
  try {
    await client.connect();
    await client.query('CREATE TABLE copied_event (LIKE event INCLUDING ALL)');
    await createModel(product.http, slug);
    const events = await eventBodies(eventsPerRound, eventsPerBatch);
    const posted: number[] = [];
    const copied: number[] = [];
    const end = performance.now() + budgetMs;
    for (let round = 0; round <= mostRounds && (round < 3 || performance.now() < end); round++) {
      events.renumber(round);
      const rows = events.bodies.length * eventsPerBatch;
      const http = await timed(() => postBodies(product.http, slug, events));
      await untilMirrored(product.http, slug);
      const chunks = await rowsOf(client, round);
      const copy = await timed(() =>
        pipeline(Readable.from(chunks), client.query(copyFrom('COPY copied_event FROM STDIN'))),
      );
      if (round === 0) continue;
      posted.push(rows / (http.ms / 1000));
      copied.push(rows / (copy.ms / 1000));
    }
    const ratios = posted.map((rate, i) => rate / (copied[i] ?? Number.NaN));
    return {
      title: 'Ingestion beside `\\copy`',
      method: `${ratios.length} rounds in turns after one to warm up: ${count(eventsPerRound)} events of 20 features over HTTP in batches of ${eventsPerBatch} on 4 connections, then the same rows by COPY on one connection into a table of the same shape. The client shares the machine, and the worker mirrors while events arrive.`,
      lines: [
        { what: 'events posted per second, median', value: count(median(posted)) },
        { what: 'rows copied per second, median', value: count(median(copied)) },
        {
          what: 'ratio, median (lowest to highest)',
          value: `${ratio(median(ratios))} (${ratio(Math.min(...ratios))} to ${ratio(Math.max(...ratios))})`,
        },
      ],
    };
  } finally {
    await client.end();
    await product.stop();
  }
}
