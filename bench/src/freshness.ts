import { setTimeout as wait } from 'node:timers/promises';
import { postFlightModel } from './flights.ts';
import { createHttpClient, type HttpClient, until } from './http-client.ts';
import { type PartResult, quantile } from './measurements.ts';
import { apiKey, startProduct } from './product.ts';

const posts = 40;
const everyMs = 500;
const goalMs = 5000;
const loadPerSecond = 2000;
const loadBatch = 200;
const hour = 3_600_000;
const slug = 'freshness';
const firstHour = Date.UTC(2001, 5, 1);
/** Load falls into hours of its own, so that single events stay visible. */
const loadFrom = Date.UTC(2001, 1, 1);

const event = (id: string, ms: number) => ({
  prediction_id: id,
  prediction_timestamp: ms,
  features: {
    distance: 300 + (ms % 2000),
    origin: 'ORD',
    destination: 'ATL',
    hour: 12,
    weekday: 'Mon',
    origin_departures_1h: 20,
    origin_late_share_1h: 0.2,
  },
  prediction_score: 0.2,
});

const text = (ms: number) => new Date(ms).toISOString();

interface Delays {
  charts: number[];
  monitors: number[];
}

/** Posts single events, each into an hour of its own, and waits for each to be counted and to be judged. */
async function measure(http: HttpClient, monitor: string, offset: number): Promise<Delays> {
  const delays: Delays = { charts: [], monitors: [] };
  const waiting: Promise<void>[] = [];
  for (let i = 0; i < posts; i++) {
    const from = firstHour + (offset + i) * hour;
    const began = performance.now();
    await http.post(`/v1/models/${slug}/events`, { events: [event(`s-${from}`, from + 60_000)] });
    const acknowledged = performance.now();
    const chart = `/v1/models/${slug}/timeseries?metric=volume&granularity=hour&from=${text(from)}&to=${text(from + hour)}`;
    const counted = until(
      'an event in the chart',
      async () => ((await http.get<{ points: { n: number }[] }>(chart)).points[0]?.n ?? 0) > 0,
    ).then(() => void delays.charts.push(performance.now() - acknowledged));
    const judged = until('an event judged', async () => {
      const { judged_until: at } = await http.get<{ judged_until: string | null }>(
        `/v1/models/${slug}/monitors/${monitor}`,
      );
      return at !== null && Date.parse(at) >= from + hour;
    }).then(() => void delays.monitors.push(performance.now() - acknowledged));
    waiting.push(counted, judged);
    await wait(Math.max(0, everyMs - (performance.now() - began)));
  }
  await Promise.all(waiting);
  return delays;
}

/** Posts a steady stream until told to stop; resolves with the events sent per second. */
async function load(http: HttpClient, signal: AbortSignal): Promise<number> {
  const began = performance.now();
  let sent = 0;
  const running = new Set<Promise<unknown>>();
  while (!signal.aborted) {
    const events = Array.from({ length: loadBatch }, (_, i) =>
      event(`l-${sent + i}`, loadFrom + ((sent + i) % 48) * hour),
    );
    sent += loadBatch;
    while (running.size >= 4) await Promise.race(running);
    const one: Promise<unknown> = http
      .post(`/v1/models/${slug}/events`, { events })
      .finally(() => running.delete(one));
    running.add(one);
    await wait(Math.max(0, (sent / loadPerSecond) * 1000 - (performance.now() - began)));
  }
  await Promise.all(running);
  return sent / ((performance.now() - began) / 1000);
}

/** How long it takes from the answer 202 until an event is counted in charts and judged by a monitor. */
export async function benchFreshness(): Promise<PartResult> {
  const product = await startProduct();
  const loader = createHttpClient(product.url, apiKey);
  try {
    return await run(product.http, loader);
  } finally {
    loader.close();
    await product.stop();
  }
}

async function run(http: HttpClient, loader: HttpClient): Promise<PartResult> {
  await postFlightModel(http, slug);
  const monitor = await http.post<{ id: string }>(`/v1/models/${slug}/monitors`, {
    name: 'Traffic',
    metric: 'volume',
    granularity: 'hour',
    threshold: { kind: 'constant', critical: 0, direction: 'below' },
    min_n: 0,
  });
  const idle = await measure(http, monitor.id, 0);
  const stop = new AbortController();
  const loading = load(loader, stop.signal);
  const busy = await measure(http, monitor.id, posts).finally(() => stop.abort());
  const rate = await loading;
  const line = (what: string, delays: number[]) => {
    const p95 = quantile(delays, 0.95);
    return {
      what: `${what}, p50 / p95 of ${delays.length}`,
      value: `${(quantile(delays, 0.5) / 1000).toFixed(2)} s / ${(p95 / 1000).toFixed(2)} s`,
      passed: p95 <= goalMs,
    };
  };
  return {
    title: 'From acknowledged to visible',
    method: `Single events, one each ${everyMs} ms and each into an hour of its own; from the answer 202 until the hourly chart counts it and until the hourly monitor has judged its window (p95 at most ${goalMs / 1000} s). Under load ${Math.round(rate)} other events a second were posted to the same model.`,
    lines: [
      line('in charts, at rest', idle.charts),
      line('judged by a monitor, at rest', idle.monitors),
      line('in charts, under load', busy.charts),
      line('judged by a monitor, under load', busy.monitors),
    ],
  };
}
