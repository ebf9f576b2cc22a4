import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const event = (id: string, change: Record<string, unknown> = {}) => ({
  prediction_id: id,
  prediction_timestamp: at(1),
  features: { distance: 100, origin: 'LAS' },
  prediction_score: 0.7,
  ...change,
});

const post = (slug: string, body: unknown, headers: Record<string, string> = {}, query = '') =>
  api.call('POST', `/v1/models/${slug}/events${query}`, body, { headers });

const stored = async (slug: string) => (await api.call('GET', `/v1/models/${slug}/ingest-status`)).body;

test('a batch with bad rows stores the good ones and names the others', async () => {
  const slug = await api.putModel({ features: [{ name: 'distance', kind: 'numeric' }] });
  const { status, body } = await post(slug, {
    events: [event('a'), event('b', { features: { distance: 'far' } }), event('a'), event('a', { rank: 2 })],
  });
  expect(status).toBe(202);
  expect(body).toEqual({
    batch_id: expect.any(String),
    accepted: 1,
    duplicates: 1,
    rejected: [
      {
        index: 1,
        prediction_id: 'b',
        code: 'type_mismatch',
        pointer: '/events/1/features/distance',
        detail: 'expected a number, got "far"',
      },
      {
        index: 3,
        prediction_id: 'a',
        code: 'id_conflict',
        pointer: '/events/3/prediction_id',
        detail: expect.any(String),
      },
    ],
  });
  expect(await stored(slug)).toMatchObject({ events: 1, actuals: 0 });
  const { body: quarantine } = await api.call('GET', `/v1/models/${slug}/quarantine`);
  expect(quarantine.data.map((row: { code: string }) => row.code)).toEqual(['id_conflict', 'type_mismatch']);
});

const big = 'x'.repeat(300_000);
describe('a bad row is refused by code, and nothing of it is stored', () => {
  test.each<[string, unknown]>([
    ['type_mismatch', 'text'],
    ['type_mismatch', event('r', { prediction_id: 7 })],
    ['missing_field', { prediction_timestamp: at(1) }],
    ['bad_id', event(' ')],
    ['bad_id', event('x'.repeat(129))],
    ['nul_character', event('a\u0000b')],
    ['ill_formed_unicode', event('a\ud800')],
    ['missing_field', { prediction_id: 'r' }],
    ['bad_timestamp', event('r', { prediction_timestamp: '2026-02-30T00:00:00Z' })],
    ['bad_timestamp', event('r', { prediction_timestamp: '2026-01-05T10:00:00' })],
    ['timestamp_too_old', event('r', { prediction_timestamp: 20261123 })],
    ['timestamp_in_future', event('r', { prediction_timestamp: Date.now() + 11 * 60_000 })],
    ['unknown_field', event('r', { prediction_scroe: 1 })],
    [
      'forbidden_key',
      JSON.parse('{"prediction_id":"r","prediction_timestamp":1767600000,"features":{"__proto__":1}}'),
    ],
    ['bad_feature_name', event('r', { features: { $x: 1 } })],
    ['bad_feature_name', event('r', { features: { 'a\u0007': 1 } })],
    ['type_mismatch', event('r', { features: { distance: true } })],
    ['type_mismatch', event('r', { features: { origin: { deep: 1 } } })],
    ['type_mismatch', event('r', { features: [1] })],
    ['string_too_long', event('r', { features: { origin: big } })],
    [
      'event_too_large',
      event('r', { features: Object.fromEntries([...'0123456789'].map((k) => [k, big.slice(0, 32_000)])) }),
    ],
    [
      'too_many_features',
      event('r', { features: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, 1])) }),
    ],
    ['bad_probability', event('r', { prediction_score: 1.01 })],
    ['bad_probability', event('r', { prediction_scores: { late: 0.7, on_time: 0.5 } })],
    ['type_mismatch', event('r', { prediction_score: '0.7' })],
    ['type_mismatch', event('r', { actual_label: true })],
    ['type_mismatch', event('r', { actual_score: 1 })],
    ['type_mismatch', event('r', { shap_values: { distance: '1' } })],
    ['bad_environment', event('r', { environment: 'staging' })],
    ['bad_rank', event('r', { rank: 0 })],
    ['bad_rank', event('r', { rank: 1.5 })],
  ])('%s', async (code, row) => {
    const slug = await api.putModel({
      features: [
        { name: 'distance', kind: 'numeric' },
        { name: 'origin', kind: 'categorical' },
      ],
    });
    const { status, body } = await post(slug, { events: [row] });
    expect([status, body.rejected?.[0]?.code]).toEqual([422, code]);
    expect(body).toMatchObject({ accepted: 0, duplicates: 0, batch_id: expect.any(String) });
    expect(body.type).toMatch(/\/problems\/all-items-rejected$/);
    expect(await stored(slug)).toMatchObject({ events: 0, actuals: 0 });
  });

  test('a number too large for a double is refused', async () => {
    const slug = await api.putModel();
    const text = JSON.stringify({ events: [event('r')] }).replace('100', '1e400');
    const { body } = await post(slug, text, { 'content-type': 'application/json' });
    expect(body.rejected[0].code).toBe('number_out_of_range');
  });
});

describe('a body that is no batch', () => {
  const json = { 'content-type': 'application/json' };
  test.each<[number, string, string | Buffer, Record<string, string>]>([
    [400, 'malformed-json', '{', json],
    [400, 'malformed-json', '', json],
    [400, 'malformed-json', '{"events":[NaN]}', json],
    [400, 'invalid-utf8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), json],
    [400, 'bad-encoding', '{"events":[]}', { ...json, 'content-encoding': 'gzip' }],
    [
      413,
      'payload-too-large',
      gzipSync(Buffer.alloc(20_000_000, 32)),
      { ...json, 'content-encoding': 'gzip' },
    ],
    [413, 'payload-too-large', Buffer.alloc(11_000_000, 32), json],
    [415, 'unsupported-media-type', 'x', { 'content-type': 'text/plain' }],
    [415, 'unsupported-charset', '{}', { 'content-type': 'application/json; charset=latin1' }],
    [415, 'unsupported-encoding', '{}', { ...json, 'content-encoding': 'br' }],
    [422, 'validation-failed', '[]', json],
    [422, 'validation-failed', 'null', json],
    [422, 'validation-failed', '{}', json],
    [422, 'validation-failed', '{"events":[]}', json],
    [422, 'validation-failed', '{"events":[{}],"x":1}', json],
    [422, 'validation-failed', JSON.stringify({ events: Array(10_001).fill(0) }), json],
    [422, 'validation-failed', '\n\n', { 'content-type': 'application/x-ndjson' }],
    [400, 'bad-idempotency-key', '{"events":[{}]}', { ...json, 'idempotency-key': '' }],
    [400, 'bad-idempotency-key', '{"events":[{}]}', { ...json, 'idempotency-key': 'k'.repeat(256) }],
  ])('%i %s', async (status, slug, body, headers) => {
    const answer = await post(await api.putModel(), body, headers);
    expect([answer.status, answer.body.type.split('/').pop()]).toEqual([status, slug]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});

test('nesting of 100,000 levels is refused and not a crash', async () => {
  const deep = `{"events":[{"prediction_id":"a","prediction_timestamp":1767600000,"features":{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}]}`;
  const { status } = await post(await api.putModel(), deep, { 'content-type': 'application/json' });
  expect(status).toBe(422);
});

test('null is the same as left out, for every field that may be left out', async () => {
  const slug = await api.putModel();
  const bare = { prediction_id: 'n', prediction_timestamp: at(1) };
  const names = 'model_version environment features tags rank prediction_score actual_label shap_values';
  const nulls = Object.fromEntries(names.split(' ').map((name) => [name, null]));
  const { body } = await post(slug, { events: [bare, { ...bare, ...nulls }] });
  expect(body).toMatchObject({ accepted: 1, duplicates: 1, rejected: [] });
});

test('names that objects inherit are plain feature names', async () => {
  const slug = await api.putModel();
  const features = { toString: 1, hasOwnProperty: 2, constructor: 3, 'a.__proto__.b': 4 };
  expect((await post(slug, { events: [event('a', { features })] })).status).toBe(202);
  expect((await api.call('GET', `/v1/models/${slug}/events/a`)).body.features).toEqual(features);
  expect(({} as { b?: unknown }).b).toBeUndefined();
});

test('the same id again: equal content is a duplicate whatever the order of keys, other content a conflict', async () => {
  const slug = await api.putModel();
  await post(slug, { events: [event('a', { actual_label: 'late' })] });
  const turned = {
    prediction_score: 0.7,
    features: { origin: 'LAS', distance: 100 },
    prediction_timestamp: at(1),
    prediction_id: 'a',
  };
  expect((await post(slug, { events: [turned] })).body).toMatchObject({
    accepted: 0,
    duplicates: 1,
    rejected: [],
  });
  const other = await post(slug, {
    events: [event('a', { prediction_score: 0.1, actual_label: 'on_time' }), event('b')],
  });
  expect(other.body).toMatchObject({
    accepted: 1,
    duplicates: 0,
    rejected: [{ index: 0, code: 'id_conflict' }],
  });
  const { body } = await api.call('GET', `/v1/models/${slug}/events/a`);
  expect(body).toMatchObject({ prediction_score: 0.7, prediction_label: 'late', actual_label: 'late' });
});

describe('Idempotency-Key', () => {
  test('replays the answer of the same body, refuses another', async () => {
    const slug = await api.putModel();
    const body = { events: [event('a'), event('b', { prediction_id: 5 })] };
    const first = await post(slug, body, { 'idempotency-key': 'k1' });
    const again = await post(slug, body, { 'idempotency-key': 'k1' });
    expect(again.body).toEqual(first.body);
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    const other = await post(slug, { events: [event('c')] }, { 'idempotency-key': 'k1' });
    expect([other.status, other.body.type.split('/').pop()]).toEqual([422, 'idempotency-key-reuse']);
    expect(await stored(slug)).toMatchObject({ events: 1 });
  });

  test('holds for a streamed body of several chunks', async () => {
    const slug = await api.putModel();
    const lines = (n: number) =>
      Array.from({ length: n }, (_, i) => JSON.stringify(event(`e${i}`))).join('\n');
    const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': 'k2' };
    const first = await post(slug, lines(4500), headers);
    expect(first.body).toMatchObject({ accepted: 4500, duplicates: 0 });
    const again = await post(slug, lines(4500), headers);
    expect([again.body, again.headers['idempotent-replayed']]).toEqual([first.body, 'true']);
    expect((await post(slug, lines(4501), headers)).status).toBe(422);
    expect(await stored(slug)).toMatchObject({ events: 4500 });
  });
});

test('NDJSON: the query is the envelope, a line that is not JSON is a rejected row', async () => {
  const slug = await api.putModel();
  const body = gzipSync(
    `${JSON.stringify(event('a'))}\r\n{"prediction_id":\n\n${JSON.stringify(event('b'))}`,
  );
  const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
  const answer = await post(slug, body, headers, '?model_version=v7&environment=validation');
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({
    accepted: 2,
    rejected: [{ index: 1, prediction_id: null, code: 'malformed_json' }],
  });
  const { body: one } = await api.call('GET', `/v1/models/${slug}/events/b`);
  expect(one).toMatchObject({ model_version: 'v7', environment: 'validation' });
});

test('a dry run answers the same and stores nothing', async () => {
  const slug = await api.putModel();
  const answer = await post(slug, { events: [event('a'), event('b', { rank: 'x' })] }, {}, '?dry_run=true');
  expect([answer.status, answer.body.accepted, answer.body.rejected.length]).toEqual([200, 1, 1]);
  expect(await stored(slug)).toMatchObject({ events: 0 });
  expect((await api.call('GET', `/v1/models/${slug}`)).body.features).toEqual([]);
});

test('the schema is inferred from the first events', async () => {
  const slug = await api.putModel();
  await post(slug, { events: [event('a', { features: { n: 1, c: 'x', b: true, empty: null } })] });
  const { body } = await api.call('GET', `/v1/models/${slug}`);
  expect(body.features.map((f: { name: string; kind: string }) => [f.name, f.kind]).sort()).toEqual([
    ['b', 'boolean'],
    ['c', 'categorical'],
    ['n', 'numeric'],
  ]);
  const { body: later } = await post(slug, { events: [event('b', { features: { n: 'one' } })] });
  expect(later.rejected[0].code).toBe('type_mismatch');
});

test('16 clients post the same 500 events at once: stored once, nobody sees an error', async () => {
  const slug = await api.putModel();
  const events = Array.from({ length: 500 }, (_, i) => event(`e${i}`));
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, k) =>
      post(slug, { events: [...events.slice(k * 31), ...events.slice(0, k * 31)] }),
    ),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
  expect(answers.reduce((sum, { body }) => sum + body.accepted, 0)).toBe(500);
  expect(await stored(slug)).toMatchObject({ events: 500 });
});

describe('actuals', () => {
  const actuals = (slug: string, rows: unknown[]) =>
    api.call('POST', `/v1/models/${slug}/actuals`, { actuals: rows });

  test('come before or after their prediction, and a later one supersedes', async () => {
    const slug = await api.putModel();
    expect(
      (await actuals(slug, [{ prediction_id: 'a', actual_label: 'late', actual_timestamp: at(2) }])).body,
    ).toMatchObject({
      accepted: 1,
      duplicates: 0,
      rejected: [],
    });
    await post(slug, { events: [event('a'), event('b')] });
    const one = async (id: string) => (await api.call('GET', `/v1/models/${slug}/events/${id}`)).body;
    expect(await one('a')).toMatchObject({ actual_label: 'late', actual_timestamp: at(2) });
    await actuals(slug, [{ prediction_id: 'a', actual_label: 'on_time', actual_timestamp: at(3) }]);
    expect(await one('a')).toMatchObject({ actual_label: 'on_time' });
    expect(await one('b')).toMatchObject({ actual_label: null });
    expect(await stored(slug)).toMatchObject({ events: 2, actuals: 1 });
  });

  test.each([
    ['missing_field', { prediction_id: 'a' }],
    ['type_mismatch', { prediction_id: 'a', actual_label: 1 }],
    ['type_mismatch', { prediction_id: 'a', actual_score: 1 }],
    ['unknown_field', { prediction_id: 'a', actual_label: 'x', label: 1 }],
  ])('%s', async (code, row) => {
    const { status, body } = await actuals(await api.putModel(), [row]);
    expect([status, body.rejected[0].code, body.rejected[0].index]).toEqual([422, code, 0]);
    expect(body.rejected[0].pointer).toMatch(/^\/actuals\/0/);
  });
});
