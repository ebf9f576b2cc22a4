import { setTimeout as wait } from 'node:timers/promises';
import { eventBodies } from './event-bodies.ts';
import { untilMirrored } from './flights.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { count, type PartResult, quantile, timed } from './measurements.ts';
import { createModel, postBodies } from './post-bodies.ts';
import { apiKey, startProduct } from './product.ts';

const streamMs = 30_000;
const lagGoalSeconds = 10;
const lagEveryMs = 250;
const singlesPerSecond = 500;
const singlesMs = 20_000;
/** Not counted: the model's features are new, and nothing is compiled yet. */
const warmUpMs = 8_000;
const acknowledgedGoalMs = 15;
const slug = 'sustained';

/** The greatest age of a row that no part covers, in seconds, until `signal` aborts. */
async function greatestLag(http: HttpClient, signal: AbortSignal): Promise<number> {
  let greatest = 0;
  while (!signal.aborted) {
    const { lag_seconds: lag } = await http.get<{ lag_seconds: number | null }>(
      `/v1/models/${slug}/ingest-status`,
    );
    greatest = Math.max(greatest, lag ?? 0);
    await wait(lagEveryMs);
  }
  return greatest;
}

/** Posts without a pause for half a minute. */
async function stream(http: HttpClient, watcher: HttpClient) {
  const events = await eventBodies(40_000, 500);
  const stop = new AbortController();
  const watching = greatestLag(watcher, stop.signal);
  let sent = 0;
  const { ms } = await timed(async () => {
    const end = performance.now() + streamMs;
    for (let round = 1; performance.now() < end; round++) {
      events.renumber(round);
      await postBodies(http, slug, events);
      sent += events.bodies.length * events.perBody;
    }
  }).finally(() => stop.abort());
  const lag = await watching;
  const drain = await timed(() => untilMirrored(http, slug));
  return { sent, perSecond: sent / (ms / 1000), lag, drainSeconds: drain.ms / 1000 };
}

/** Posts single events at fixed times; each delay runs from the time its event was due. */
async function singleEvents(http: HttpClient): Promise<number[]> {
  const { bodies } = await eventBodies((singlesPerSecond * (warmUpMs + singlesMs)) / 1000, 1);
  const delays: number[] = [];
  const began = performance.now();
  const sending: Promise<void>[] = [];
  for (const [i, body] of bodies.entries()) {
    const due = began + (i * 1000) / singlesPerSecond;
    const ahead = due - performance.now();
    if (ahead > 1) await wait(ahead);
    sending.push(
      http.post(`/v1/models/${slug}/events`, body).then(() => {
        if (due - began >= warmUpMs) delays.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(sending);
  return delays;
}

/** What a stream without end meets: rate, lag of the mirror, and how long a single event takes. */
export async function benchSustained(): Promise<PartResult> {
  const product = await startProduct();
  const watcher = createHttpClient(product.url, apiKey);
  const many = createHttpClient(product.url, apiKey, 64);
  try {
    await createModel(product.http, slug);
    const delays = await singleEvents(many);
    const streamed = await stream(product.http, watcher);
    const p99 = quantile(delays, 0.99);
    return {
      title: 'Streams',
      method: `Single events, ${singlesPerSecond} requests a second for ${singlesMs / 1000} s on up to 64 connections after ${warmUpMs / 1000} s to warm up, each timed from the moment it was due (p99 at most ${acknowledgedGoalMs} ms). Then ${streamMs / 1000} s of batches of 500 events of 20 features on 4 connections without a pause, while the age of the oldest event that is in no part yet is read each ${lagEveryMs} ms (at most ${lagGoalSeconds} s).`,
      lines: [
        { what: 'events posted per second', value: count(streamed.perSecond) },
        {
          what: `oldest event in no part, of ${count(streamed.sent)} events`,
          value: `${streamed.lag.toFixed(1)} s`,
          passed: streamed.lag <= lagGoalSeconds,
        },
        { what: 'all in parts after the last answer', value: `${streamed.drainSeconds.toFixed(1)} s` },
        {
          what: `single event acknowledged, p50 / p99 of ${count(delays.length)}`,
          value: `${quantile(delays, 0.5).toFixed(1)} ms / ${p99.toFixed(1)} ms`,
          passed: p99 <= acknowledgedGoalMs,
        },
      ],
    };
  } finally {
    watcher.close();
    many.close();
    await product.stop();
  }
}
