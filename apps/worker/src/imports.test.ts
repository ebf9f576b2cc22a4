import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startApi } from '@plumbline/api';
import type { Import } from '@plumbline/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openInstallation, secret, type TestInstallation } from './test-installation.ts';

const apiKey = 'imports-0123456789abcdef';
const day = Date.UTC(2026, 0, 5);
const deadline = { timeout: 30_000, interval: 50 };

let it: TestInstallation;
let url: string;
beforeAll(async () => {
  it = await openInstallation();
  const api = await startApi({
    databaseUrl: it.connectionString,
    host: '127.0.0.1',
    port: 0,
    dataDir: it.dataDir,
    secret,
    webhookAllowPrivate: false,
    columnarMemoryMb: 512,
    logger: it.logger,
    apiKey,
  });
  it.closers.push(() => api.close());
  url = api.url;
  await it.startWorker();
});
afterAll(() => it.close());

async function call(method: string, path: string, body?: string | Buffer, headers = {}) {
  const response = await fetch(`${url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, ...headers },
    ...(body === undefined ? {} : { body: body as BodyInit }),
  });
  return { status: response.status, body: await response.json() };
}

async function putModel(): Promise<string> {
  const slug = `m-${randomUUID().slice(0, 8)}`;
  const model = { task: 'binary_classification', positive_label: 'late' };
  await call('PUT', `/models/${slug}`, JSON.stringify(model), { 'content-type': 'application/json' });
  return slug;
}

async function ended(slug: string, id: string): Promise<Import> {
  return vi.waitFor(async () => {
    const { body } = await call('GET', `/models/${slug}/imports/${id}`);
    expect(['done', 'failed', 'cancelled']).toContain(body.status);
    return body;
  }, deadline);
}

const eventOf = (i: number) => ({
  prediction_id: `p${i}`,
  prediction_timestamp: new Date(day + i * 1000).toISOString(),
  model_version: '1',
  features: { distance: i % 100, origin: i % 3 === 0 ? 'LAS' : 'a "quoted", cell\nin two lines' },
  tags: { channel: i % 2 === 0 ? 'web' : 'app' },
  shap_values: { distance: i / 10 },
  prediction_score: (i % 101) / 100,
  actual_label: i % 4 === 0 ? 'late' : 'on_time',
});
type Posted = ReturnType<typeof eventOf>;

const quoted = (text: unknown) => `"${String(text).replaceAll('"', '""')}"`;
const columns: Record<string, (row: Posted) => unknown> = {
  prediction_id: (row) => row.prediction_id,
  prediction_timestamp: (row) => row.prediction_timestamp,
  model_version: (row) => row.model_version,
  distance: (row) => row.features.distance,
  origin: (row) => row.features.origin,
  'tags.channel': (row) => row.tags.channel,
  'shap_values.distance': (row) => row.shap_values.distance,
  prediction_score: (row) => row.prediction_score,
  actual_label: (row) => row.actual_label,
};
const toCsv = (rows: Posted[]) =>
  `\ufeff${Object.keys(columns).join(',')}\r\n${rows
    .map((row) =>
      Object.values(columns)
        .map((cell) => quoted(cell(row)))
        .join(','),
    )
    .join('\r\n')}\r\n`;

test('a file of CSV is taken in as the same rows posted as JSON', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => eventOf(i % 4900));
  rows[17] = { ...eventOf(17), prediction_score: 7 };
  rows[4999] = { ...eventOf(3), prediction_score: 0.99 };
  const [posted, imported] = [await putModel(), await putModel()];
  const answer = await call('POST', `/models/${posted}/events`, JSON.stringify({ events: rows }), {
    'content-type': 'application/json',
  });
  const { status, body } = await call('POST', `/models/${imported}/imports?kind=events`, toCsv(rows), {
    'content-type': 'text/csv',
  });
  expect(status).toBe(202);
  const done = await ended(imported, body.id);
  expect(done).toMatchObject({
    status: 'done',
    rows_total: 5000,
    rows_done: 5000,
    progress: 1,
    accepted: answer.body.accepted,
    duplicates: answer.body.duplicates,
    rejected: answer.body.rejected.length,
    rejected_rows: answer.body.rejected,
  });
  for (const id of ['p0', 'p3', 'p4899']) {
    const [one, other] = await Promise.all(
      [posted, imported].map((slug) => call('GET', `/models/${slug}/events/${id}`)),
    );
    expect({ ...other?.body, received_at: null }).toEqual({ ...one?.body, received_at: null });
  }
  expect(await readdir(join(it.dataDir, 'imports'))).toEqual([]);
});
