import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { removeOrphans } from './features/imports/remove-orphans.ts';
import {
  eventOf,
  eventsWithFaults,
  openImports,
  type PostedEvent,
  type TestImports,
  toCsv,
  toNdjson,
} from './test-imports.ts';

let it: TestImports;
beforeAll(async () => {
  it = await openImports();
  await it.startWorker();
});
afterAll(() => it.close());

const files = () => readdir(join(it.dataDir, 'imports'));

async function toParquet(rows: readonly PostedEvent[]): Promise<Buffer> {
  const paths = ['rows.ndjson', 'rows.parquet'].map((name) => join(it.dataDir, name));
  const [source = '', target = ''] = paths;
  await writeFile(source, toNdjson(rows));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT prediction_id, prediction_timestamp::TIMESTAMP AS at, model_version, features.distance, features.origin,
                  tags.channel AS "tags.channel", shap_values.distance AS "shap_values.distance", prediction_score,
                  actual_label
           FROM read_json('${source}', columns = {prediction_id: 'VARCHAR', prediction_timestamp: 'VARCHAR',
             model_version: 'VARCHAR', features: 'STRUCT(distance DOUBLE, origin VARCHAR)',
             tags: 'STRUCT(channel VARCHAR)', shap_values: 'STRUCT(distance DOUBLE)', prediction_score: 'DOUBLE',
             actual_label: 'VARCHAR'})) TO '${target}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  const bytes = await readFile(target);
  for (const path of paths) await rm(path);
  return bytes;
}

const formats: [string, (rows: PostedEvent[]) => Promise<[string, string | Buffer, object, object]>][] = [
  ['CSV', async (rows) => ['text/csv', toCsv(rows), {}, {}]],
  ['CSV in gzip', async (rows) => ['text/csv', gzipSync(toCsv(rows)), {}, { 'content-encoding': 'gzip' }]],
  ['NDJSON', async (rows) => ['application/x-ndjson', toNdjson(rows), {}, {}]],
  [
    'Parquet',
    async (rows) => [
      'application/vnd.apache.parquet',
      await toParquet(rows),
      { map: '{"at":"prediction_timestamp"}' },
      {},
    ],
  ],
];

test.each(formats)('a file of %s is taken in as the same rows posted as JSON', async (_name, make) => {
  const rows = eventsWithFaults(5000, 100);
  const [posted, imported] = [await it.putModel(), await it.putModel()];
  const { body: answer } = await it.post(posted, 'events', { events: rows });
  const done = await it.ended(imported, await it.upload(imported, ...(await make(rows))));
  expect(answer).toMatchObject({ accepted: 4900, duplicates: 98 });
  expect(done).toMatchObject({
    status: 'done',
    rows_total: 5000,
    rows_done: 5000,
    progress: 1,
    accepted: answer.accepted,
    duplicates: answer.duplicates,
    rejected: answer.rejected.length,
    problem: null,
  });
  const places = (list: { index: number; code: string }[]) => list.map(({ index, code }) => [index, code]);
  expect(places(done.rejected_rows)).toEqual(places(answer.rejected));
  for (const id of ['p0', 'p3', 'p2500', 'p4899']) {
    expect(await it.event(imported, id)).toEqual(await it.event(posted, id));
  }
  expect(await it.counts(imported)).toEqual(await it.counts(posted));
  await vi.waitFor(async () => expect(await files()).toEqual([]), { timeout: 5000 });
});

test('actuals come in as posted ones, and columns they do not have are left out', async () => {
  const [posted, imported] = [await it.putModel(), await it.putModel()];
  const actuals = Array.from({ length: 3000 }, (_, i) => ({
    prediction_id: `p${i}`,
    ...(i === 5 ? {} : { actual_label: i % 2 === 0 ? 'late' : 'on_time' }),
  }));
  const { body: answer } = await it.post(posted, 'actuals', { actuals });
  const lines = actuals.map((row, i) => `${i},${row.prediction_id},${row.actual_label ?? ''}`);
  const csv = `distance,id,actual_label\n${lines.join('\n')}`;
  const query = { kind: 'actuals', map: '{"id":"prediction_id"}' };
  const done = await it.ended(imported, await it.upload(imported, 'text/csv', csv, query));
  expect(done).toMatchObject({ status: 'done', accepted: answer.accepted, rejected_rows: answer.rejected });
  expect(answer.accepted).toBe(2999);
  expect(await it.counts(imported)).toEqual(await it.counts(posted));
});

test('importing a file again counts what is stored as duplicates', async () => {
  const slug = await it.putModel();
  const ndjson = toNdjson(Array.from({ length: 2500 }, (_, i) => eventOf(i)));
  const upload = () => it.upload(slug, 'application/x-ndjson', ndjson);
  await it.ended(slug, await upload());
  expect(await it.ended(slug, await upload())).toMatchObject({ accepted: 0, duplicates: 2500, rejected: 0 });
  expect(await it.counts(slug)).toEqual({ events: 2500, actuals: 2500 });
});

test('a running import that is cancelled stops at its next batch; what is stored stays and is told', async () => {
  const slug = await it.putModel();
  const rows = Array.from({ length: 120_000 }, (_, i) => eventOf(i));
  const id = await it.upload(slug, 'application/x-ndjson', toNdjson(rows));
  await it.progressed(slug, id, 1);
  const { body } = await it.call('POST', `/models/${slug}/imports/${id}/cancel`);
  expect(body).toMatchObject({ cancel_requested: true });
  const ended = await it.ended(slug, id);
  expect(ended.status).toBe('cancelled');
  expect(ended.rows_done).toBeLessThan(rows.length);
  expect(ended.accepted).toBe(ended.rows_done);
  expect((await it.counts(slug)).events).toBe(ended.accepted);
  await vi.waitFor(async () => expect(await files()).toEqual([]), { timeout: 5000 });
  expect((await it.call('POST', `/models/${slug}/imports/${id}/cancel`)).body.status).toBe('cancelled');
});

test('a file that breaks off fails with the reason, and says how many rows it brought', async () => {
  const slug = await it.putModel();
  const csv = `${toCsv(Array.from({ length: 4100 }, (_, i) => eventOf(i)))}"p5000`;
  const failed = await it.ended(slug, await it.upload(slug, 'text/csv', csv));
  expect(failed).toMatchObject({
    status: 'failed',
    rows_done: 4000,
    accepted: 4000,
    problem: { slug: 'validation-failed', detail: 'a quote is never closed' },
  });
  expect((await it.counts(slug)).events).toBe(4000);
});

test('a Parquet file whose pages are broken fails, and nobody learns where it lay', async () => {
  const slug = await it.putModel();
  const file = await toParquet(Array.from({ length: 5000 }, (_, i) => eventOf(i)));
  file.fill(0xff, 4, 3000);
  const query = { map: '{"at":"prediction_timestamp"}' };
  const id = await it.upload(slug, 'application/vnd.apache.parquet', file, query);
  const failed = await it.ended(slug, id);
  expect(failed).toMatchObject({ status: 'failed', rows_done: 0, problem: { slug: 'validation-failed' } });
  expect(JSON.stringify(failed)).not.toContain(it.dataDir);
});

test('a file of bad rows alone fails as such a request does', async () => {
  const slug = await it.putModel();
  // What is told of the last one is cut in the middle of a character.
  const odd = { ...eventOf(1), prediction_score: `${'x'.repeat(55)}\u{1f600}${'y'.repeat(20)}` };
  const ndjson = `{}\nno\n${JSON.stringify(odd)}\n`;
  const failed = await it.ended(slug, await it.upload(slug, 'application/x-ndjson', ndjson));
  expect(failed).toMatchObject({ status: 'failed', rejected: 3, problem: { slug: 'all-items-rejected' } });
  expect(failed.rejected_rows.map((row) => row.code)).toEqual([
    'missing_field',
    'malformed_json',
    'type_mismatch',
  ]);
});

test('files of uploads that broke off are removed, those that are needed and those that still grow are not', async () => {
  const slug = await it.putModel();
  const directory = join(it.dataDir, 'imports');
  const project = await it.db.access.firstProject();
  const model = await it.db.models.find(project?.id ?? '', slug);
  const waiting = '00000000-0000-4000-8000-000000000001';
  const options = { assumeUtc: false };
  const imported = {
    modelId: model?.id ?? '',
    id: waiting,
    kind: 'events',
    format: 'csv',
    name: null,
  } as const;
  const { lease } = (await it.db.imports
    .create({ ...imported, options, bytes: 1, rowsTotal: null })
    .then(() => it.db.imports.claim(imported.modelId, waiting, 60_000))) ?? { lease: null };
  const hourAgo = new Date(Date.now() - 3_600_000);
  const names = [`${waiting}.upload`, 'abandoned.upload.partial', 'gone.upload', 'young.upload.partial'];
  for (const name of names) {
    await writeFile(join(directory, name), 'x');
    if (!name.startsWith('young')) await utimes(join(directory, name), hourAgo, hourAgo);
  }
  await removeOrphans({ db: it.db, importsDirectory: directory, now: () => new Date() });
  expect((await files()).sort()).toEqual([`${waiting}.upload`, 'young.upload.partial']);
  if (lease) await it.db.imports.finish(lease, { status: 'cancelled', problem: null });
  await removeOrphans({
    db: it.db,
    importsDirectory: directory,
    now: () => new Date(Date.now() + 3_600_000),
  });
  expect(await files()).toEqual([]);
});
