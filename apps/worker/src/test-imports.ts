import { randomUUID } from 'node:crypto';
import { startApi } from '@plumbline/api';
import type { Import } from '@plumbline/contracts';
import { expect, vi } from 'vitest';
import { openInstallation, secret } from './test-installation.ts';

const apiKey = 'imports-0123456789abcdef';
const day = Date.UTC(2026, 0, 5);
const deadline = { timeout: 40_000, interval: 30 };
const json = { 'content-type': 'application/json' };

/** An installation with its API behind HTTP, without a worker yet. */
export async function openImports() {
  const it = await openInstallation();
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

  async function call(method: string, path: string, body?: string | Buffer, headers = {}) {
    const response = await fetch(`${api.url}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  const find = async (slug: string, id: string): Promise<Import> =>
    (await call('GET', `/models/${slug}/imports/${id}`)).body;

  return {
    ...it,
    call,
    find,
    post: (slug: string, list: 'events' | 'actuals' | 'reference', body: object) =>
      call('POST', `/models/${slug}/${list}`, JSON.stringify(body), json),
    async putModel(body: object = {}): Promise<string> {
      const slug = `m-${randomUUID().slice(0, 8)}`;
      const model = { task: 'binary_classification', positive_label: 'late', ...body };
      await call('PUT', `/models/${slug}`, JSON.stringify(model), json);
      return slug;
    },
    async upload(slug: string, type: string, file: string | Buffer, query: object = {}, headers = {}) {
      const asked = new URLSearchParams({ kind: 'events', ...query });
      const options = { 'content-type': type, ...headers };
      const { status, body } = await call('POST', `/models/${slug}/imports?${asked}`, file, options);
      expect([status, body.problem]).toEqual([202, null]);
      return body.id as string;
    },
    ended: (slug: string, id: string) =>
      vi.waitFor(async () => {
        const found = await find(slug, id);
        expect(['done', 'failed', 'cancelled']).toContain(found.status);
        return found;
      }, deadline),
    /** Waits until at least so many rows are stored. */
    progressed: (slug: string, id: string, rows: number) =>
      vi.waitFor(async () => {
        const found = await find(slug, id);
        expect(found.rows_done).toBeGreaterThanOrEqual(rows);
        return found;
      }, deadline),
    counts: async (slug: string) => {
      const { events, actuals } = (await call('GET', `/models/${slug}/ingest-status`)).body;
      return { events, actuals };
    },
    /** An event without what depends on when it came. */
    event: async (slug: string, id: string) => ({
      ...(await call('GET', `/models/${slug}/events/${id}`)).body,
      received_at: null,
    }),
  };
}
export type TestImports = Awaited<ReturnType<typeof openImports>>;

export const eventOf = (i: number) => ({
  prediction_id: `p${i}`,
  prediction_timestamp: new Date(day + i * 1000).toISOString(),
  model_version: '1',
  features: { distance: i % 100, origin: i % 3 === 0 ? 'LAS' : 'a "quoted", cell\nin two lines' },
  tags: { channel: i % 2 === 0 ? 'web' : 'app' },
  shap_values: { distance: i / 10 },
  prediction_score: (i % 101) / 100,
  actual_label: i % 4 === 0 ? 'late' : 'on_time',
});
export type PostedEvent = ReturnType<typeof eventOf>;

/** Rows with one that is refused, `repeated` that came before and one that contradicts what came before. */
export function eventsWithFaults(rows: number, repeated: number): PostedEvent[] {
  const events = Array.from({ length: rows }, (_, i) => eventOf(i % (rows - repeated)));
  events[17] = { ...eventOf(17), prediction_score: 7 };
  events[rows - 1] = { ...eventOf(3), prediction_score: 0.99 };
  return events;
}

export const toNdjson = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

const quoted = (text: unknown) => `"${String(text).replaceAll('"', '""')}"`;
const cells: Record<string, (row: PostedEvent) => unknown> = {
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

/** As Excel writes it: with a byte order mark and CRLF, all cells quoted. */
export function toCsv(rows: readonly PostedEvent[]): string {
  const lines = rows.map((row) =>
    Object.values(cells)
      .map((cell) => quoted(cell(row)))
      .join(','),
  );
  return `\ufeff${[Object.keys(cells).join(','), ...lines].join('\r\n')}\r\n`;
}
