import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

const events = Array.from({ length: 120 }, (_, i) => ({
  prediction_id: `p${i}`,
  prediction_timestamp: at(i / 10),
  model_version: 'v1',
  features: { distance: i % 7 === 3 ? null : i, origin: i % 3 === 0 ? 'LAS' : 'ORD' },
  prediction_score: i / 120,
  actual_label: i % 2 === 0 ? 'late' : 'on_time',
}));
const map = {
  predicted_ms: 'prediction_timestamp',
  f0: 'features.distance',
  f1: 'features.origin',
  ...Object.fromEntries(
    [
      ['received_ms', 'prediction_scores', 'tags', 'shap_values', 'embedding_features'],
      ['actual_ms', 'actual_seq', 'shap_base_value', 'subject_id', 'group_id', 'rank', 'prediction_label'],
    ].flatMap((names) => names.map((name) => [name, null])),
  ),
};

let api: TestApi;
let part: Buffer;
beforeAll(async () => {
  api = await openTestApi();
  const slug = await api.putModel();
  await api.call('POST', `/v1/models/${slug}/events`, { events });
  await api.mirror(slug);
  const project = await api.db.access.firstProject();
  const model = await api.db.models.find(project?.id ?? '', slug);
  const [live] = await api.db.parts.live(model?.id ?? '', { kinds: ['events'] });
  part = await readFile(join(api.config.dataDir, 'parts', live?.path ?? ''));
});
afterAll(() => api.close());

const upload = (slug: string, payload: Buffer, given: unknown = map, headers: Record<string, string> = {}) =>
  api.call('POST', `/v1/models/${slug}/reference?map=${encodeURIComponent(JSON.stringify(given))}`, payload, {
    headers: { 'content-type': 'application/vnd.apache.parquet', ...headers },
  });
const drift = async (slug: string) => {
  expect((await api.call('POST', `/v1/models/${slug}/events`, { events })).body).toMatchObject({
    accepted: 120,
    rejected: [],
  });
  await api.mirror(slug);
  return (await api.call('GET', `/v1/models/${slug}/drift`)).body.columns;
};
const spooled = () => readdir(join(api.config.dataDir, 'uploads'));

test('a Parquet file gives the reference the same rows as JSON would', async () => {
  const [posted, uploaded] = [await api.putModel(), await api.putModel()];
  await api.call('POST', `/v1/models/${posted}/reference`, { events });
  const plain = await upload(uploaded, part);
  expect([plain.status, plain.body]).toMatchObject([202, { accepted: 120, rejected: [] }]);
  expect(await drift(uploaded)).toEqual(await drift(posted));
  const packed = await upload(uploaded, gzipSync(part), map, { 'content-encoding': 'gzip' });
  expect([packed.status, packed.body.accepted]).toEqual([202, 120]);
  expect(await spooled()).toEqual([]);
});

test('rows are checked like posted ones: a number that should be a category is text, a name a bad time', async () => {
  const slug = await api.putModel({ features: [{ name: 'distance', kind: 'categorical' }] });
  expect((await upload(slug, part)).body.accepted).toBe(120);
  const wrong = { ...map, predicted_ms: null, model_version: 'prediction_timestamp' };
  const { status, body } = await upload(slug, part, wrong);
  expect([status, body.type.split('/').pop()]).toEqual([422, 'all-items-rejected']);
  expect(body.rejected[3]).toMatchObject({ index: 3, prediction_id: 'p3', code: 'bad_timestamp' });
});

test.each<[string, () => Buffer, unknown, string]>([
  ['no Parquet', () => Buffer.from('PAR1 no parquet PAR1'), map, 'validation-failed'],
  ['nothing', () => Buffer.alloc(0), map, 'validation-failed'],
  ['a part of a file', () => part.subarray(0, part.length - 100), map, 'validation-failed'],
  ['a map of absent columns', () => part, { none: 'rank' }, 'bad-query'],
])('%s is 422 and leaves no file behind', async (_name, payload, given, problem) => {
  const { status, body, text } = await upload(await api.putModel(), payload(), given);
  expect([status, body.type.split('/').pop()]).toEqual([422, problem]);
  expect(text).not.toContain(api.config.dataDir);
  expect(await spooled()).toEqual([]);
});
