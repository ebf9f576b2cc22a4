import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
let slug: string;

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel();
});
afterAll(() => api?.close());

const ids = (day: number, n: number) => Array.from({ length: n }, (_, i) => `d${day}-${i}`);

async function series(metric: string) {
  const query = new URLSearchParams({ metric, granularity: 'day' });
  const { body } = await api.call('GET', `/v1/models/${slug}/timeseries?${query}`);
  return body.points.map(({ label_coverage, provisional }: Record<string, unknown>) => [
    label_coverage,
    provisional,
  ]);
}

async function label(day: number, n: number): Promise<void> {
  const actuals = ids(day, n).map((prediction_id) => ({ prediction_id, actual_label: 'late' }));
  expect((await api.call('POST', `/v1/models/${slug}/actuals`, { actuals })).status).toBe(202);
  await api.mirror(slug);
}

test('windows that wait for labels are provisional until the labels come', async () => {
  const events = [0, 1, 2, 3, 4].flatMap((day) =>
    ids(day, 100).map((prediction_id, i) => ({
      prediction_id,
      prediction_timestamp: at(day * 24 + (i % 24)),
      features: { distance: i },
      prediction_score: i / 100,
    })),
  );
  expect((await api.call('POST', `/v1/models/${slug}/events`, { events })).status).toBe(202);
  for (const day of [0, 1, 2]) await label(day, 90);
  await label(3, 40);
  expect(await series('accuracy')).toEqual([
    [0.9, false],
    [0.9, false],
    [0.9, false],
    [0.4, true],
    [0, true],
  ]);
  await label(3, 85);
  await label(4, 88);
  expect(await series('accuracy')).toEqual([
    [0.9, false],
    [0.9, false],
    [0.9, false],
    [0.85, false],
    [0.88, false],
  ]);
  expect(await series('volume')).toEqual(Array.from({ length: 5 }, () => [undefined, undefined]));
});
