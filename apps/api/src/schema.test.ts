import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const event = (id: string, features: object, hour = 1) => ({
  prediction_id: id,
  prediction_timestamp: at(hour),
  model_version: '7',
  features,
  prediction_score: 0.5,
});
const post = (slug: string, events: unknown[]) => api.call('POST', `/v1/models/${slug}/events`, { events });
const schema = async (slug: string) => (await api.call('GET', `/v1/models/${slug}/schema`)).body;
const changes = async (slug: string, query = '') =>
  (await api.call('GET', `/v1/models/${slug}/schema/changes${query}`)).body;
const put = (slug: string, features: object[]) =>
  api.call('PUT', `/v1/models/${slug}`, { task: 'binary_classification', features });

test('shows declared and learned features as the newest rows have them, without examples of sensitive ones', async () => {
  const slug = await api.putModel({
    features: [
      { name: 'distance', kind: 'numeric', min: 0, max: 5000 },
      { name: 'name', kind: 'categorical', sensitive: true },
      { name: 'never', kind: 'numeric' },
    ],
  });
  await post(slug, [
    event('a', { distance: 1, name: 'Ada', gate: 'B' }, 1),
    event('b', { distance: null, gate: 'A' }, 2),
  ]);
  const { rows, features } = await schema(slug);
  expect(rows).toBe(2);
  expect(features).toMatchObject([
    {
      name: 'distance',
      min: 0,
      max: 5000,
      declared: true,
      missing_share: 0.5,
      last_seen: at(1),
      examples: [1],
      state: 'ok',
    },
    { name: 'name', sensitive: true, missing_share: 0.5, examples: [] },
    { name: 'never', missing_share: 1, last_seen: null },
    { name: 'gate', kind: 'categorical', declared: false, missing_share: 0, last_seen: at(2) },
  ]);
  expect(Date.parse(features[3].first_seen)).toBeGreaterThan(Date.now() - 60_000);
});

test('looks further back for what none of the newest rows has', async () => {
  const slug = await api.putModel({ features: [{ name: 'gone', kind: 'numeric' }] });
  await post(slug, [event('old', { gone: 1 }, 1)]);
  await post(
    slug,
    Array.from({ length: 1000 }, (_, i) => event(`new-${i}`, {}, 2)),
  );
  await api.mirror(slug);
  expect((await schema(slug)).features[0]).toMatchObject({ missing_share: 1, last_seen: at(1) });
});

test('a feature rows bring and a kind changed by hand are changes, once', async () => {
  const slug = await api.putModel({ features: [{ name: 'distance', kind: 'numeric' }] });
  const bring = () => post(slug, [event('a', { gate: 'B' }), event('b', { gate: 'A' })]);
  await Promise.all([bring(), bring(), bring()]);
  await put(slug, [{ name: 'distance', kind: 'categorical' }]);
  await put(slug, [{ name: 'distance', kind: 'categorical', max: 7 }]);
  const { data, next_cursor } = await changes(slug, '?limit=1');
  expect(data).toMatchObject([{ column: 'distance', kind: 'edited', from: 'numeric', to: 'categorical' }]);
  const rest = await changes(slug, `?cursor=${next_cursor}`);
  expect(rest).toMatchObject({
    data: [{ column: 'gate', kind: 'new', from: null, to: 'categorical', n: 2, model_version: '7' }],
    next_cursor: null,
  });
});

test.each(['categorical', 'boolean', 'text', 'embedding'])(
  'stored rows stay readable when a numeric feature becomes %s, and stored columns come back with it',
  async (kind) => {
    const slug = await api.putModel({ features: [{ name: 'distance', kind: 'numeric' }] });
    const rows = Array.from({ length: 50 }, (_, i) => event(`e-${i}`, { distance: i + 0.5 }, i % 5));
    await api.call('POST', `/v1/models/${slug}/reference`, { events: rows });
    await post(slug, rows);
    await api.mirror(slug);
    const quality = async () => (await api.call('GET', `/v1/models/${slug}/quality`)).body.columns;
    const before = await quality();
    expect((await put(slug, [{ name: 'distance', kind }])).status).toBe(200);
    for (const question of ['drift', 'quality', 'performance', 'events', 'timeseries?metric=volume']) {
      expect((await api.call('GET', `/v1/models/${slug}/${question}`)).status).toBe(200);
    }
    expect((await api.call('GET', `/v1/models/${slug}/events/e-1`)).body.features).toEqual({ distance: 1.5 });
    await put(slug, [{ name: 'distance', kind: 'numeric' }]);
    expect(await quality()).toEqual(before);
  },
);

test('leaving a feature out of PUT keeps it, leaving out its bounds and mark takes them away', async () => {
  const slug = await api.putModel({
    features: [
      { name: 'a', kind: 'numeric', min: 1, max: 2, sensitive: true },
      { name: 'b', kind: 'numeric' },
    ],
  });
  const { body } = await put(slug, [{ name: 'a', kind: 'numeric' }]);
  expect(body.features).toEqual([
    { name: 'a', kind: 'numeric', sensitive: false },
    { name: 'b', kind: 'numeric', sensitive: false },
  ]);
});
