import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const features = [{ name: 'distance', kind: 'numeric' }];
const event = (id: string, distance: unknown, change: object = {}) => ({
  prediction_id: id,
  prediction_timestamp: at(1),
  features: { distance },
  prediction_score: 0.5,
  ...change,
});

async function post(slug: string, events: unknown[], envelope: object = {}) {
  return api.call('POST', `/v1/models/${slug}/events`, { events, ...envelope });
}
const get = async (slug: string, query = '') =>
  (await api.call('GET', `/v1/models/${slug}/quarantine${query}`)).body;
const replay = (slug: string, body: object) => api.call('POST', `/v1/models/${slug}/quarantine/replay`, body);
const stored = async (slug: string) =>
  (await api.call('GET', `/v1/models/${slug}/ingest-status`)).body.events;
const setRules = (slug: string, rules: unknown) =>
  api.call('PUT', `/v1/models/${slug}/mapping-rules`, { rules });
const toNumber = { field: 'features.distance', from: 'string', to: 'number' };

const tenRows = (value: unknown) => Array.from({ length: 10 }, (_, i) => event(`r-${i}`, value));

test('rows refused for one reason are one line of the summary, and come back as posted', async () => {
  const slug = await api.putModel({ features });
  await post(slug, tenRows('far'));
  await post(slug, [event('e', 1, { prediction_scroe: 1 })]);
  const { data, summary } = await get(slug);
  expect(summary).toEqual([
    expect.objectContaining({
      code: 'type_mismatch',
      field: '/features/distance',
      kind: 'events',
      n: 10,
      example: 'expected a number, got "far"',
    }),
    expect.objectContaining({ code: 'unknown_field', field: '/prediction_scroe', n: 1 }),
  ]);
  expect(data).toHaveLength(11);
  expect(data[1]).toMatchObject({ status: 'waiting', index: 9, pointer: '/events/9/features/distance' });
  expect(JSON.parse(data[1].body)).toEqual(event('r-9', 'far'));
});

test.each([
  ['code=unknown_field', 1],
  ['field=/features/distance', 2],
  ['kind=actuals', 1],
  ['status=waiting', 4],
  ['status=replayed', 0],
])('?%s selects %i rows and counts the same', async (query, n) => {
  const slug = await api.putModel({ features });
  await post(slug, [event('a', 'x'), event('b', 'y'), event('c', 1, { odd: 1 })]);
  await api.call('POST', `/v1/models/${slug}/actuals`, { actuals: [{ prediction_id: 'a' }] });
  const { data, summary } = await get(slug, `?${query}`);
  expect(data).toHaveLength(n);
  expect(summary.reduce((sum: number, group: { n: number }) => sum + group.n, 0)).toBe(n);
});

describe('a replay', () => {
  test('after a mapping rule stores the rows once, with the version of their envelope; again it changes nothing', async () => {
    const slug = await api.putModel({ features });
    await post(slug, tenRows('12.5'), { model_version: 'v7', environment: 'validation' });
    expect((await replay(slug, { all: true })).body).toMatchObject({ replayed: 0, still_rejected_total: 10 });
    expect((await setRules(slug, [toNumber])).status).toBe(200);

    const first = await replay(slug, { code: 'type_mismatch', field: '/features/distance' });
    expect(first.body).toEqual({
      replayed: 10,
      duplicates: 0,
      still_rejected: [],
      still_rejected_total: 0,
      remaining: 0,
      next_cursor: null,
    });
    expect((await replay(slug, { all: true })).body).toMatchObject({ replayed: 0, duplicates: 0 });
    expect(await stored(slug)).toBe(10);
    const { body } = await api.call('GET', `/v1/models/${slug}/events/r-3`);
    expect(body).toMatchObject({
      features: { distance: 12.5 },
      model_version: 'v7',
      environment: 'validation',
    });
    const { data } = await get(slug, '?status=replayed');
    expect(data).toHaveLength(10);
    expect(data[0].settled_at).not.toBeNull();
  });

  test('after the schema was corrected stores the rows', async () => {
    const slug = await api.putModel({ features });
    await post(slug, tenRows('far'));
    await api.call('PUT', `/v1/models/${slug}`, {
      task: 'binary_classification',
      features: [{ name: 'distance', kind: 'categorical' }],
    });
    expect((await replay(slug, { all: true })).body).toMatchObject({ replayed: 10, remaining: 0 });
    expect(await stored(slug)).toBe(10);
  });

  test('of several at a time stores each row once', async () => {
    const slug = await api.putModel({ features });
    await post(slug, tenRows('7'));
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => replay(slug, { all: true, mapping: [toNumber] })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(answers.reduce((sum, answer) => sum + answer.body.replayed, 0)).toBe(10);
    expect(answers.reduce((sum, answer) => sum + answer.body.duplicates, 0)).toBe(0);
    expect(await stored(slug)).toBe(10);
  });

  test('tells rows that still fail by their present fault and place, and keeps them', async () => {
    const slug = await api.putModel({ features });
    await post(slug, [event('ok', 1), event('a', '1'), event('b', 'far', { odd: 1 })]);
    const rules = [toNumber, { rename: 'odd', to: 'tags.odd' }];
    const { body } = await replay(slug, { all: true, mapping: rules });
    expect(body).toMatchObject({ replayed: 1, still_rejected_total: 1 });
    expect(body.still_rejected[0]).toMatchObject({
      index: 2,
      prediction_id: 'b',
      code: 'type_mismatch',
      pointer: '/events/2/features/distance',
    });
    const { data } = await get(slug, '?status=waiting');
    expect(data).toEqual([expect.objectContaining({ prediction_id: 'b', code: 'type_mismatch' })]);
  });

  test('counts what is stored already as duplicates, and refuses other content under a stored id', async () => {
    const slug = await api.putModel({ features });
    await post(slug, [event('a', '1'), event('b', '2'), event('b', '2', { rank: 1 }), event('b', '2')]);
    await post(slug, [event('a', 1), event('b', 99)]);
    const { body } = await replay(slug, { all: true, mapping: [toNumber] });
    expect(body).toMatchObject({ replayed: 0, duplicates: 1, still_rejected_total: 3 });
    const { data } = await get(slug, '?status=waiting');
    expect(data.map((row: { code: string }) => row.code)).toEqual(Array(3).fill('id_conflict'));
    expect(await stored(slug)).toBe(2);
  });

  test('takes actuals', async () => {
    const slug = await api.putModel({ features });
    await api.call('POST', `/v1/models/${slug}/actuals`, {
      actuals: [{ prediction_id: 'a', actual_label: 1 }],
    });
    const mapping = [{ field: 'actual_label', from: 'number', to: 'string' }];
    expect((await replay(slug, { all: true, mapping })).body).toMatchObject({ replayed: 1 });
    expect((await api.call('GET', `/v1/models/${slug}/ingest-status`)).body.actuals).toBe(1);
  });

  test('says which rows were cut for their size, and cannot make a missing value of a number too large', async () => {
    const slug = await api.putModel({ features });
    const row = JSON.stringify(event('huge', 0)).replace('"distance":0', '"distance":1e999');
    await api.call('POST', `/v1/models/${slug}/events`, `{"events":[${row}]}`, {
      headers: { 'content-type': 'application/json' },
    });
    await post(slug, [event('big', 1, { odd: 'x'.repeat(70_000) })]);
    const { body } = await replay(slug, { all: true });
    expect(body.still_rejected.map((fault: { code: string }) => fault.code).sort()).toEqual([
      'not_replayable',
      'type_mismatch',
    ]);
    const { data } = await get(slug);
    expect(data.map((found: { replayable: boolean }) => found.replayable)).toEqual([false, true]);
    expect(await stored(slug)).toBe(0);
  });
});

test('discarded rows are settled and never replayed', async () => {
  const slug = await api.putModel({ features });
  await post(slug, tenRows('1'));
  const { data } = await get(slug, '?limit=4');
  const ids = data.map((row: { id: string }) => row.id);
  const discard = (body: object) => api.call('POST', `/v1/models/${slug}/quarantine/discard`, body);
  expect((await discard({ ids })).body).toEqual({ discarded: 4 });
  expect((await discard({ ids })).body).toEqual({ discarded: 0 });
  expect((await replay(slug, { all: true, mapping: [toNumber] })).body).toMatchObject({ replayed: 6 });
  expect(await stored(slug)).toBe(6);
});

test('mapping rules mend rows as they come, and what still fails is kept as posted', async () => {
  const slug = await api.putModel({ features });
  await setRules(slug, [
    { rename: 'features.dist', to: 'features.distance' },
    { field: 'features.distance', set_missing: ['n/a', ''] },
    toNumber,
  ]);
  const odd = { ...event('c', 0), features: { dist: 'far' } };
  const { body } = await post(slug, [{ ...event('a', 0), features: { dist: '12' } }, event('b', 'n/a'), odd]);
  expect(body).toMatchObject({ accepted: 2, rejected: [{ index: 2, code: 'type_mismatch' }] });
  expect((await api.call('GET', `/v1/models/${slug}/events/a`)).body.features).toEqual({ distance: 12 });
  expect((await api.call('GET', `/v1/models/${slug}/events/b`)).body.features).toEqual({ distance: null });
  expect(JSON.parse((await get(slug)).data[0].body)).toEqual(odd);
  const events = [event('d', '3'), event('e', 'far')];
  const dryRun = await api.call('POST', `/v1/models/${slug}/events?dry_run=true`, { events });
  expect(dryRun.body).toMatchObject({ accepted: 1 });
  const reference = await api.call('POST', `/v1/models/${slug}/reference`, { events });
  expect(reference.body).toMatchObject({ accepted: 1, rejected: [{ code: 'type_mismatch' }] });
});

test('the rejected share counts rows when they come, and neither duplicates nor replays', async () => {
  const slug = await api.putModel({ features });
  const good = Array.from({ length: 40 }, (_, i) => event(`g-${i}`, i));
  await post(slug, [...good, ...tenRows('7')]);
  await post(slug, good);
  const share = async (query = '') => {
    const { body } = await api.call(
      'GET',
      `/v1/models/${slug}/timeseries?metric=rejected_share&granularity=day${query}`,
    );
    return body.points.at(-1);
  };
  const counted = { accepted: 40, rejected: 10, rejected_share: 0.2 };
  const quality = async () => (await api.call('GET', `/v1/models/${slug}/quality`)).body.intake;
  expect(await quality()).toMatchObject(counted);
  expect(await share()).toMatchObject({ value: 0.2, n: 50, status: 'ok', threshold: 0.01 });
  await replay(slug, { all: true, mapping: [toNumber] });
  expect(await quality()).toMatchObject(counted);
  expect(await share('&version=v1')).toMatchObject({ value: null, status: 'not_applicable' });
  const preview = await api.call('POST', `/v1/models/${slug}/monitors/preview`, {
    name: 'refused',
    metric: 'rejected_share',
    granularity: 'day',
    threshold: { kind: 'constant', warning: 0.1, direction: 'above' },
    persistence: { breaches: 1, of: 1 },
  });
  expect(preview.body).toMatchObject({ would_have_opened: 1 });
});

test.each<[string, unknown]>([
  ['no rows named', {}],
  ['two ways at once', { all: true, code: 'type_mismatch' }],
  ['an id that is none', { ids: ['x'] }],
  ['a rule that is none', { all: true, mapping: [{ field: 'features.a', eval: '1' }] }],
  ['a rule on __proto__', { all: true, mapping: [{ rename: 'a', to: 'features.__proto__' }] }],
  ['a rule that does nothing', { all: true, mapping: [{ ...toNumber, to: 'string' }] }],
  ['a foreign cursor', { all: true, cursor: Buffer.from('{"id":"x"}').toString('base64url') }],
])('a replay with %s is refused', async (_, body) => {
  expect((await replay(await api.putModel(), body as object)).status).toBe(422);
});
