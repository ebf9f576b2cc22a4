import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const events = (prefix: string) =>
  Array.from({ length: 60 }, (_, i) => ({
    prediction_id: `${prefix}-${i}`,
    prediction_timestamp: at(i),
    prediction_score: 0.5,
    features: { distance: i },
  }));

test('a new reference shows how many hours of the past are recomputed; answers are on its bins meanwhile', async () => {
  const slug = await api.putModel();
  const show = async () => (await api.call('GET', `/v1/models/${slug}/reference`)).body;
  expect(await show()).toMatchObject({
    reference: null,
    history: { status: 'current' },
    bins: { columns: 0 },
  });

  await api.call('POST', `/v1/models/${slug}/events`, { events: events('e') });
  await api.mirror(slug);
  await api.call('POST', `/v1/models/${slug}/reference`, { events: events('r') });
  expect(await show()).toMatchObject({
    reference: { source: 'upload', rows: 60, from: `${at(0).slice(0, 19)}.000Z` },
    history: { status: 'recomputing', hours: 60, hours_done: 0 },
  });
  const { body } = await api.call('GET', `/v1/models/${slug}/distribution?column=distance`);
  expect(body.bins.map((bin: { current_count: number }) => bin.current_count)).toEqual(
    body.bins.map((bin: { reference_count: number }) => bin.reference_count),
  );

  await api.mirror(slug);
  expect(await show()).toMatchObject({ history: { status: 'current', hours: 0 } });
});
