import { createWriteStream, openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { memoryOf } from './process-tree.ts';
import { apiKey, startProduct } from './product.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const model = 'import-memory';
const start = Date.UTC(2026, 0, 1);

interface Import {
  id: string;
  status: string;
  rows_done: number;
  accepted: number;
}

function* lines(): Generator<string> {
  yield 'prediction_id,prediction_timestamp,prediction_score,actual_label,distance,hour,origin,tags.channel\n';
  for (let i = 0; i < rows; i += 1) {
    const at = new Date(start + (i % 10_000_000) * 1000).toISOString();
    const label = i % 5 === 0 ? 'late' : 'on_time';
    yield `f-${i},${at},${(i % 1000) / 1000},${label},${i % 3000},${i % 24},"airport ${i % 300}",web\n`;
  }
}

/** Imports a CSV of a million rows (or as many as the argument says) and tells the peak memory of API and worker. */
async function main(): Promise<void> {
  const product = await startProduct();
  const peaks = new Map<string, number>();
  const sampler = setInterval(() => {
    for (const { name, rss } of memoryOf(process.pid, { exact: false })) {
      if (name === 'api' || name === 'worker') peaks.set(name, Math.max(peaks.get(name) ?? 0, rss));
    }
  }, 100);
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  const headers = { authorization: `Bearer ${apiKey}` };
  const base = `${product.url}/v1/models/${model}`;
  const ask = async (url: string): Promise<Import> =>
    (await fetch(url, { headers })).json() as Promise<Import>;
  try {
    await product.http.put(`/v1/models/${model}`, { task: 'binary_classification', positive_label: 'late' });
    const file = path.join(product.dataDirectory, 'rows.csv');
    await pipeline(Readable.from(lines()), createWriteStream(file));
    say(`${rows} rows, ${((await stat(file)).size / 1e6).toFixed(0)} MB of CSV`);
    const uploadStart = Date.now();
    const answer = await fetch(`${base}/imports?kind=events`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/csv' },
      body: await openAsBlob(file),
    });
    let found = (await answer.json()) as Import;
    say(`uploaded: ${answer.status} after ${Date.now() - uploadStart} ms`);
    const importStart = Date.now();
    while (found.status === 'waiting' || found.status === 'running') {
      await wait(250);
      found = await ask(`${base}/imports/${found.id}`);
    }
    const seconds = (Date.now() - importStart) / 1000;
    say(
      `${found.status}: ${found.accepted} accepted in ${seconds.toFixed(1)} s, ${(rows / seconds).toFixed(0)} rows/s`,
    );
    for (const [name, peak] of peaks) say(`peak RSS of ${name}: ${(peak / 1e6).toFixed(0)} MB`);
  } finally {
    clearInterval(sampler);
    await product.stop();
  }
}

await main();
