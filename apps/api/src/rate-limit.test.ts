import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const slugOf = (body: { type: string }) => body.type.split('/').pop();
// So slow that nothing comes back while a test runs.
const slow = { events_per_second: 1, burst: 3 };

const newKey = async (rate_limit: unknown) =>
  (await api.call('POST', '/v1/api-keys', { name: 'k', scopes: ['ingest', 'read'], rate_limit })).body;
const get = (key: string) => api.call('GET', '/v1/models', undefined, bearer(key));
const events = (rows: number, id: string) =>
  Array.from({ length: rows }, (_, i) => ({ prediction_id: `${id}-${i}`, prediction_timestamp: at(0) }));
const post = (key: string, slug: string, rows: number, id: string) =>
  api.call('POST', `/v1/models/${slug}/events`, { events: events(rows, id) }, bearer(key));
const stored = async (slug: string) =>
  (await api.call('GET', `/v1/models/${slug}/ingest-status`)).body.events;

describe('a key over its limit', () => {
  test('is told so with when to come back; other keys are not touched', async () => {
    const limited = await newKey(slow);
    const other = await newKey(slow);
    const project = (await api.call('POST', '/v1/projects', { name: 'other' })).body;
    const first = await get(limited.key);
    expect(first.headers['ratelimit-policy']).toBe('"events";q=3;qu="events";w=3');
    expect(first.headers.ratelimit).toMatch(/^"events";r=2;t=\d$/);
    await get(limited.key);
    await get(limited.key);
    const refused = await get(limited.key);
    expect([refused.status, slugOf(refused.body)]).toEqual([429, 'rate-limited']);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.headers.ratelimit).toBe('"events";r=0;t=1');
    for (const key of [other.key, project.key, api.adminKey]) expect((await get(key)).status).toBe(200);
  });

  test('has a batch stored whole or not at all, and pays for its rows', async () => {
    const slug = await api.putModel();
    const { key } = await newKey(slow);
    expect((await post(key, slug, 60, 'a')).body).toMatchObject({ accepted: 60 });
    const refused = await post(key, slug, 1, 'b');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect(await stored(slug)).toBe(60);
  });

  test('pays for the rows of a stream', async () => {
    const slug = await api.putModel();
    const { key } = await newKey(slow);
    const lines = events(50, 'n').map((event) => JSON.stringify(event));
    const send = () =>
      api.call('POST', `/v1/models/${slug}/events`, lines.join('\n'), {
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      });
    expect((await send()).status).toBe(202);
    expect((await send()).status).toBe(429);
    expect(await stored(slug)).toBe(50);
  });
});

describe('the limit of a key', () => {
  test.each<[unknown, unknown]>([
    [undefined, null],
    [null, null],
    ['unlimited', 'unlimited'],
    [
      { events_per_second: 20_000, burst: 5 },
      { events_per_second: 20_000, burst: 5 },
    ],
    [{ events_per_second: 7 }, { events_per_second: 7, burst: 70 }],
  ])('%j is shown as %j', async (posted, shown) => {
    const key = await newKey(posted);
    expect(key.rate_limit).toEqual(shown);
    const { body } = await api.call('GET', '/v1/api-keys');
    expect(body.data.find((one: { id: string }) => one.id === key.id).rate_limit).toEqual(shown);
  });

  test.each([
    [{ events_per_second: 0, burst: 1 }],
    [{ events_per_second: 1.5 }],
    [{ burst: 1 }],
    [{ events_per_second: 1, burst: 0 }],
    [{ events_per_second: 1, colour: 1 }],
    ['none'],
    [5],
  ])('%j is refused', async (rate_limit) => {
    const { status, body } = await api.call('POST', '/v1/api-keys', {
      name: 'k',
      scopes: ['read'],
      rate_limit,
    });
    expect([status, slugOf(body)]).toEqual([422, 'validation-failed']);
  });

  test('can be changed, and the change counts within seconds', async () => {
    const { id, key } = await newKey({ events_per_second: 1, burst: 1 });
    await get(key);
    expect((await get(key)).status).toBe(429);
    const changed = await api.call('PATCH', `/v1/api-keys/${id}`, { name: 'free', rate_limit: 'unlimited' });
    expect([changed.status, changed.body]).toEqual([
      200,
      expect.objectContaining({ id, name: 'free', rate_limit: 'unlimited' }),
    ]);
    expect(changed.text).not.toContain(key);
    const deadline = Date.now() + 5000;
    const both = async () => [(await get(key)).status, (await get(key)).status];
    let statuses = await both();
    while (statuses.includes(429) && Date.now() < deadline) statuses = await both();
    expect(statuses).toEqual([200, 200]);
    expect((await get(key)).headers.ratelimit).toBeUndefined();
  });

  test('of another project is not there', async () => {
    const { id } = await newKey(null);
    const project = (await api.call('POST', '/v1/projects', { name: 'foreign' })).body;
    for (const path of [`/v1/api-keys/${id}`, '/v1/api-keys/none']) {
      const { status } = await api.call('PATCH', path, { rate_limit: null }, bearer(project.key));
      expect(status).toBe(404);
    }
  });
});

test('the server’s default holds for keys that have no limit of their own', async () => {
  const limited = await openTestApi({ rateLimit: { eventsPerSecond: 1, burst: 2 } });
  try {
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await limited.call('GET', '/v1/models')).status);
    expect(statuses).toEqual([200, 200, 429]);
  } finally {
    await limited.close();
  }
});
