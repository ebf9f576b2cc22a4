import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, type Receipt, type RequestOptions, until } from './client.ts';

const slug = '/v1/models/references';
const at = '2001-02-01T00:00:00Z';

interface Distribution {
  bins: { label: string; reference_count: number | null }[];
}

export function referencesContract(client: () => Client): void {
  const post = (options: RequestOptions, query = '') =>
    client().call<Receipt>('POST', `${slug}/reference${query}`, options);
  const counts = async () => {
    const query = { column: 'origin', from: at, to: '2001-02-03T00:00:00Z' };
    const { bins } = await client().get<Distribution>(`${slug}/distribution`, query);
    return Object.fromEntries(
      bins.flatMap(({ label, reference_count }) => (reference_count ? [[label, reference_count]] : [])),
    );
  };
  const expectCounts = (expected: object) =>
    until(counts, (found) => JSON.stringify(found, Object.keys(found).sort()) === JSON.stringify(expected));
  const events = (origins: string[]) =>
    origins.map((origin, i) => ({
      prediction_id: `r-${i}`,
      prediction_timestamp: at,
      prediction_score: i,
      features: { origin },
    }));
  const many = (...pairs: [string, number][]) =>
    pairs.flatMap(([origin, n]) => Array.from({ length: n }, () => origin));

  describe('the reference', () => {
    beforeAll(async () => {
      await client().send('PUT', slug, {
        task: 'regression',
        features: [{ name: 'origin', kind: 'categorical' }],
      });
      const production = many(['P', 30], ['Q', 20]).map((origin, i) => ({
        prediction_id: `p-${i}`,
        prediction_score: i,
        features: { origin },
        prediction_timestamp: new Date(Date.parse(at) + (i % 2) * 86_400_000).toISOString(),
      }));
      await client().send('POST', `${slug}/events`, { events: production });
      await until(
        () => client().get<{ mirrored_events: number }>(`${slug}/ingest-status`),
        ({ mirrored_events }) => mirrored_events === 50,
      );
    });

    test('as events, and it does not count in ingest-status', async () => {
      const answer = await post({ body: { events: events(many(['A', 40], ['B', 60])) } });
      expect([200, 201, 202]).toContain(answer.status);
      expect(answer.body).toMatchObject({ accepted: 100, rejected: [] });
      await expectCounts({ A: 40, B: 60 });
      expect(await client().get(`${slug}/ingest-status`)).toMatchObject({ events: 50 });
    });

    test('another one replaces it', async () => {
      await post({ body: { events: events(many(['C', 50])) } });
      await expectCounts({ C: 50 });
    });

    test('as NDJSON in gzip; a bad line is named and the rest stays', async () => {
      const lines = [...events(many(['D', 45], ['E', 15])).map((event) => JSON.stringify(event)), 'no json'];
      const raw = new Uint8Array(gzipSync(lines.join('\n')));
      const answer = await post({
        raw,
        type: 'application/x-ndjson',
        headers: { 'content-encoding': 'gzip' },
      });
      expect(answer.body).toMatchObject({ accepted: 60, rejected: [{ index: 60 }] });
      await expectCounts({ D: 45, E: 15 });
    });

    test('as CSV with a column mapping in the query', async () => {
      const map = JSON.stringify({
        id: 'prediction_id',
        when: 'prediction_timestamp',
        airport: 'features.origin',
        p: 'prediction_score',
        junk: null,
      });
      const rows = many(['F', 30], ['G, "quoted"', 10]).map(
        (origin, i) => `c-${i},${at},"${origin.replaceAll('"', '""')}",${i},x`,
      );
      const raw = `id,when,airport,p,junk\r\n${rows.join('\r\n')}\r\n`;
      const answer = await post({ raw, type: 'text/csv' }, `?${new URLSearchParams({ map })}`);
      expect(answer.status, answer.text).toBeLessThan(300);
      expect(answer.body).toMatchObject({ accepted: 40, rejected: [] });
      await expectCounts({ F: 30, 'G, "quoted"': 10 });
    });

    test('as CSV whose columns already have the names of the contract', async () => {
      const rows = many(['H', 35]).map((origin, i) => `h-${i},${at},${i},${origin}`);
      const answer = await post({
        raw: `prediction_id,prediction_timestamp,prediction_score,features.origin\n${rows.join('\n')}`,
        type: 'text/csv',
      });
      expect(answer.body, answer.text).toMatchObject({ accepted: 35 });
      await expectCounts({ H: 35 });
    });

    test('taken from production by from and to', async () => {
      const answer = await post({ body: { from: at, to: '2001-02-02T00:00:00Z' } });
      expect([200, 201, 202], answer.text).toContain(answer.status);
      await expectCounts({ P: 15, Q: 10 });
      const numbers = await post({
        body: { from: Date.parse(at) / 1000, to: Date.parse(at) + 2 * 86_400_000 },
      });
      expect([200, 201, 202], numbers.text).toContain(numbers.status);
      await expectCounts({ P: 30, Q: 20 });
    });

    test('taken from production by trailing days', async () => {
      const recent = many(['T', 40]).map((origin, i) => ({
        prediction_id: `t-${i}`,
        prediction_timestamp: Date.now() - 3_600_000 * (i + 1),
        prediction_score: i,
        features: { origin },
      }));
      await client().send('POST', `${slug}/events`, { events: recent });
      await until(
        () => client().get<{ mirrored_events: number }>(`${slug}/ingest-status`),
        ({ mirrored_events }) => mirrored_events === 90,
      );
      const answer = await post({ body: { trailing_days: 7 } });
      expect([200, 201, 202], answer.text).toContain(answer.status);
      await expectCounts({ T: 40 });
    });

    test.each<[string, RequestOptions]>([
      ['an empty range', { body: { from: '1990-01-01T00:00:00Z', to: '1990-01-02T00:00:00Z' } }],
      ['to before from', { body: { from: '2001-02-02T00:00:00Z', to: at } }],
      ['no days', { body: { trailing_days: 0 } }],
      ['days as text', { body: { trailing_days: 'seven' } }],
      ['nothing', { body: {} }],
      ['only bad rows', { body: { events: [{ prediction_id: 'x' }] } }],
    ])('%s is 422 and leaves the reference as it was', async (_, options) => {
      const before = await counts();
      const answer = await post(options);
      expect(answer.status, answer.text).toBe(422);
      expect(await counts()).toEqual(before);
    });

    test('as Parquet with a column mapping; what is no Parquet is 422', async () => {
      const map = JSON.stringify({
        id: 'prediction_id',
        when: 'prediction_timestamp',
        airport: 'features.origin',
        p: 'prediction_score',
      });
      const upload = (raw: Uint8Array<ArrayBuffer>) =>
        post({ raw, type: 'application/vnd.apache.parquet' }, `?${new URLSearchParams({ map })}`);
      const answer = await upload(await parquetFile());
      expect(answer.body, answer.text).toMatchObject({ accepted: 50, rejected: [] });
      await expectCounts({ K: 25, L: 25 });
      const broken = await upload(new Uint8Array(Buffer.from('PAR1 no parquet PAR1')));
      expect([400, 422], broken.text).toContain(broken.status);
    });
  });
}

async function parquetFile(): Promise<Uint8Array<ArrayBuffer>> {
  const directory = mkdtempSync(path.join(tmpdir(), 'plumbline-parquet-'));
  const file = path.join(directory, 'reference.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`copy (select 'k-' || i as id, timestamp '2001-02-01' as "when", case when i % 2 = 0 then 'K' else 'L' end as airport, i / 2 as p
    from range(50) rows(i)) to '${file}' (format parquet)`);
  connection.closeSync();
  instance.closeSync();
  const content = new Uint8Array(readFileSync(file));
  rmSync(directory, { recursive: true });
  return content;
}
