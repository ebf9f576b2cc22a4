import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const event = (id: string, tags: object) => ({ prediction_id: id, prediction_timestamp: at(0), tags });
const namesOf = async (slug: string): Promise<string[]> =>
  (await api.call('GET', `/v1/models/${slug}`)).body.tags.map(({ name }: { name: string }) => name);

test('tags of events and of references join the schema, declared ones stay as they are', async () => {
  const slug = await api.putModel({ tags: [{ name: 'channel', sensitive: true }] });
  const events = [event('a', { channel: 'web', n: 1 }), event('b', { vip: null })];
  await api.call('POST', `/v1/models/${slug}/events?dry_run=true`, { events });
  expect(await namesOf(slug)).toEqual(['channel']);
  await api.call('POST', `/v1/models/${slug}/events`, { events });
  await api.call('POST', `/v1/models/${slug}/reference`, { events: [event('r', { region: 'EU' })] });
  expect(await namesOf(slug)).toEqual(['channel', 'n', 'region']);
  expect((await api.call('GET', `/v1/models/${slug}`)).body.tags[0].sensitive).toBe(true);
});

test('of too many tags the first hundred are known', async () => {
  const slug = await api.putModel();
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`t${i}`, 'x']));
  await api.call('POST', `/v1/models/${slug}/events`, { events: [event('a', many)] });
  expect(await namesOf(slug)).toHaveLength(100);
});

test.each([
  ['eq', 1, 1],
  ['eq', true, 1],
  ['in', [1, true], 2],
  ['ne', 1, 1],
])('a number or truth value finds the tag posted as one: %s %j', async (op, value, found) => {
  const slug = await api.putModel();
  await api.call('POST', `/v1/models/${slug}/events`, {
    events: [event('a', { n: 1 }), event('b', { n: true }), event('c', {})],
  });
  await api.mirror(slug);
  const filter = JSON.stringify({ field: 'tags.n', op, value });
  const { body } = await api.call('GET', `/v1/models/${slug}/performance?${new URLSearchParams({ filter })}`);
  expect(body.n_events).toBe(found);
});
