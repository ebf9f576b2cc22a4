import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { featureRows } from '@plumbline/flight-delay';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { untilMirrored } from './flights.ts';
import { inLanes } from './http-client.ts';
import { count, median, type PartResult, ratio, timed } from './measurements.ts';
import { startProduct } from './product.ts';

const mostRounds = 6;
/** No new round after this long. */
const budgetMs = 45_000;
const eventsPerRound = 40_000;
const eventsPerBatch = 500;
const slug = 'ingest';

/** Request bodies of one round: 500 events of 20 features each, made from real flights. */
async function bodiesOf(round: number): Promise<Buffer[]> {
  const bodies: Buffer[] = [];
  let events: object[] = [];
  for await (const flights of featureRows({ from: '2001-02-01', to: '2001-02-04', everyNth: 1 })) {
    for (const { departedMs, dayRow, delay, features } of flights) {
      if (bodies.length * eventsPerBatch >= eventsPerRound) return bodies;
      const numbers = Array.from({ length: 13 }, (_, i) => [`x${i}`, ((dayRow * (i + 7)) % 1009) / 1009]);
      events.push({
        prediction_id: `r${round}-${departedMs}-${dayRow}`,
        prediction_timestamp: departedMs,
        features: { ...features, ...Object.fromEntries(numbers) },
        prediction_score: 1 / (1 + Math.exp(-delay / 30)),
      });
      if (events.length < eventsPerBatch) continue;
      bodies.push(Buffer.from(JSON.stringify({ model_version: '1', events })));
      events = [];
    }
  }
  return bodies;
}

/** The rows of the newest events as `COPY` writes them. */
async function rowsOf(client: pg.Client, round: number): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  const stream = client.query(
    copyTo(`COPY (SELECT * FROM event WHERE prediction_id LIKE 'r${round}-%') TO STDOUT`),
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
    await product.http.put(`/v1/models/${slug}`, {
      task: 'binary_classification',
      positive_label: 'late',
      decision_threshold: 0.5,
    });
    const posted: number[] = [];
    const copied: number[] = [];
    const end = performance.now() + budgetMs;
    for (let round = 0; round <= mostRounds && (round < 3 || performance.now() < end); round++) {
      const bodies = await bodiesOf(round);
      const rows = bodies.length * eventsPerBatch;
      const http = await timed(() =>
        inLanes(bodies, 4, async (body) => {
          const { accepted } = await product.http.post<{ accepted: number }>(
            `/v1/models/${slug}/events`,
            body,
          );
          if (accepted !== eventsPerBatch) throw new Error(`only ${accepted} of ${eventsPerBatch} accepted`);
        }),
      );
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
