import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

const maxBytes = 200_000;
const parquet = 'application/vnd.apache.parquet';
const csv = `id,when,score,distance,note\np1,${at(0)},0.5,7,"a ""b"""\np2,${at(1)},0.25,,\n`;
const map = { id: 'prediction_id', when: 'prediction_timestamp', score: 'prediction_score', note: null };

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ importMaxBytes: maxBytes });
});
afterAll(() => api.close());

const spooled = () => readdir(join(api.config.dataDir, 'imports')).catch(() => []);
const slugOf = (body: { type?: string } | null) => body?.type?.split('/').pop();

function upload(slug: string, payload: string | Buffer, query: Record<string, string>, headers = {}) {
  const asked = new URLSearchParams({ kind: 'events', ...query });
  const options = { headers: { 'content-type': 'text/csv', ...headers } };
  return api.call('POST', `/v1/models/${slug}/imports?${asked}`, payload, options);
}

test('an upload is kept, answered 202 with its place, and listed newest first', async () => {
  const slug = await api.putModel();
  const query = { map: JSON.stringify(map), name: 'january.csv' };
  const plain = await upload(slug, csv, query);
  expect([plain.status, plain.headers.location]).toEqual([
    202,
    `/v1/models/${slug}/imports/${plain.body.id}`,
  ]);
  expect(plain.body).toMatchObject({
    kind: 'events',
    format: 'csv',
    name: 'january.csv',
    status: 'waiting',
    bytes: csv.length,
    rows_total: null,
    rows_done: 0,
    progress: 0,
    problem: null,
  });
  const packed = await upload(slug, gzipSync(csv), query, { 'content-encoding': 'gzip' });
  expect(packed.body.bytes).toBe(csv.length);
  const file = join(api.config.dataDir, 'imports', `${packed.body.id}.upload`);
  expect(await readFile(file, 'utf8')).toBe(csv);
  const { body: one } = await api.call('GET', plain.headers.location as string);
  expect(one).toEqual(plain.body);

  const list = `/v1/models/${slug}/imports`;
  const first = await api.call('GET', `${list}?limit=1`);
  const second = await api.call('GET', `${list}?limit=1&cursor=${first.body.next_cursor}`);
  expect([...first.body.data, ...second.body.data].map((row) => row.id)).toEqual([
    packed.body.id,
    plain.body.id,
  ]);
  expect(second.body.next_cursor).toBeNull();
});

const bomb = () => gzipSync(Buffer.alloc(maxBytes + 1, 'a'));
const gzip = { 'content-encoding': 'gzip' };
test.each<[string, string | Buffer, Record<string, string>, Record<string, string>, number, string]>([
  ['a map that is no JSON', csv, { map: '{' }, {}, 422, 'bad-query'],
  ['a map of absent columns', csv, { map: '{"none":"rank"}' }, {}, 422, 'bad-query'],
  [
    'a map of actuals to what they do not have',
    csv,
    { kind: 'actuals', map: '{"id":"rank"}' },
    {},
    422,
    'bad-query',
  ],
  ['a name with a NUL', csv, { name: 'a\u0000b' }, {}, 422, 'bad-query'],
  ['a version with a NUL', csv, { model_version: '\u0000' }, {}, 422, 'bad-query'],
  ['a kind nobody knows', csv, { kind: 'models' }, {}, 422, 'bad-query'],
  ['NDJSON with a map', '{}', { map: '{}' }, { 'content-type': 'application/x-ndjson' }, 422, 'bad-query'],
  ['a header without rows', 'prediction_id\n', {}, {}, 422, 'validation-failed'],
  ['nothing', '', {}, {}, 422, 'validation-failed'],
  ['a quote that is never closed', 'a\n"b', {}, {}, 422, 'validation-failed'],
  ['no UTF-8', Buffer.from([0x61, 0x0a, 0xff, 0x0a]), {}, {}, 400, 'invalid-utf8'],
  ['no Parquet', 'PAR1 none PAR1', {}, { 'content-type': parquet }, 422, 'validation-failed'],
  [
    'Parquet inside gzip',
    gzipSync('x'),
    {},
    { 'content-type': parquet, ...gzip },
    415,
    'unsupported-encoding',
  ],
  ['a content type nobody knows', csv, {}, { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
  ['truncated gzip', gzipSync(csv).subarray(0, 60), {}, gzip, 400, 'bad-encoding'],
  ['a file above the limit', 'a'.repeat(maxBytes + 1), {}, {}, 413, 'payload-too-large'],
  ['gzip of a file above the limit', bomb(), {}, gzip, 413, 'payload-too-large'],
])('%s is refused and leaves no file behind', async (_name, payload, query, headers, status, problem) => {
  const slug = await api.putModel();
  const before = await spooled();
  const answer = await upload(slug, payload, query, headers);
  expect([answer.status, slugOf(answer.body)]).toEqual([status, problem]);
  expect(answer.text).not.toContain(api.config.dataDir);
  expect(await spooled()).toEqual(before);
  expect((await api.call('GET', `/v1/models/${slug}/imports`)).body.data).toEqual([]);
});

test('a dry run tells what the first thousand rows would come to and keeps nothing', async () => {
  const slug = await api.putModel();
  const rows = Array.from(
    { length: 1500 },
    (_, i) => `p${i},2026-01-05 10:00,${i === 3 ? 'far' : '0.5'},${i},x`,
  );
  const before = await spooled();
  const text = `id,when,score,distance,note\n${rows.join('\n')}\n`;
  const query = { map: JSON.stringify(map), assume_utc: 'true', dry_run: 'true' };
  const { status, body } = await upload(slug, text, query);
  expect(status).toBe(200);
  expect(body).toMatchObject({ rows_checked: 1000, has_more: true, accepted: 999, rejected: 1 });
  expect(body.rejected_rows).toMatchObject([{ index: 3, code: 'type_mismatch' }]);
  expect(body.columns).toEqual([
    { column: 'id', target: 'prediction_id' },
    { column: 'when', target: 'prediction_timestamp' },
    { column: 'score', target: 'prediction_score' },
    { column: 'distance', target: 'features.distance' },
    { column: 'note', target: null },
  ]);
  expect(body.sample[1]).toEqual({
    prediction_id: 'p1',
    prediction_timestamp: '2026-01-05T10:00:00Z',
    prediction_score: 0.5,
    features: { distance: 1 },
    tags: {},
  });
  expect(await spooled()).toEqual(before);
  expect((await api.call('GET', `/v1/models/${slug}/imports`)).body.data).toEqual([]);
  expect((await api.call('GET', `/v1/models/${slug}`)).body.features).toEqual([]);
});

test('a dry run takes a row with too few cells, or a time without an offset, for what it is', async () => {
  const text = `prediction_id,prediction_timestamp\np1,${at(0)}\np2\np3,2026-01-05 10:00:00\n`;
  const { body } = await upload(await api.putModel(), text, { dry_run: 'true' });
  expect(body.accepted).toBe(1);
  expect(body.rejected_rows.map((row: { index: number; code: string }) => [row.index, row.code])).toEqual([
    [1, 'malformed_csv'],
    [2, 'bad_timestamp'],
  ]);
});

test('an import that waits is cancelled at once, and only by its own project', async () => {
  const slug = await api.putModel();
  const { body } = await upload(slug, csv, { map: JSON.stringify(map) });
  const path = `/v1/models/${slug}/imports/${body.id}`;
  const project = await api.db.access.createProject('other');
  const stranger = { headers: { authorization: `Bearer ${await api.createKey(project.id, ['admin'])}` } };
  expect((await api.call('POST', `${path}/cancel`, undefined, stranger)).status).toBe(404);
  for (const id of [randomUUID(), 'none']) {
    expect((await api.call('POST', `/v1/models/${slug}/imports/${id}/cancel`)).status).toBe(404);
  }
  for (let i = 0; i < 2; i += 1) {
    const cancelled = await api.call('POST', `${path}/cancel`);
    expect([cancelled.status, cancelled.body.status]).toEqual([200, 'cancelled']);
  }
  const own = await api.db.access.firstProject();
  const model = await api.db.models.find(own?.id ?? '', slug);
  expect(await api.db.imports.claim(model?.id ?? '', body.id, 1000)).toBeNull();
});

test('reading imports takes read, uploading one takes ingest', async () => {
  const slug = await api.putModel();
  const project = await api.db.access.firstProject();
  const statuses = async (scope: 'read' | 'ingest') => {
    const headers = { authorization: `Bearer ${await api.createKey(project?.id ?? '', [scope])}` };
    const listed = await api.call('GET', `/v1/models/${slug}/imports`, undefined, { headers });
    return [listed.status, (await upload(slug, csv, { map: JSON.stringify(map) }, headers)).status];
  };
  expect([await statuses('read'), await statuses('ingest')]).toEqual([
    [200, 403],
    [403, 202],
  ]);
});
