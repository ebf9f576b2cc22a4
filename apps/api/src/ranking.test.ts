import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
let slug: string;

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel({ task: 'ranking', positive_label: undefined });
});
afterAll(() => api?.close());

/** Forty searches of twelve results; the relevant one stands at place 1, 2, 3 or 12 in turn. */
const places = [1, 2, 3, 12];
const events = Array.from({ length: 40 }, (_, q) =>
  Array.from({ length: 12 }, (_, i) => ({
    prediction_id: `q${q}-${i + 1}`,
    prediction_timestamp: at(q),
    group_id: `q${q}`,
    rank: i + 1,
    features: { price: i },
  })),
).flat();

test('a ranking model has the measures of its lists, for the window and over time', async () => {
  expect((await api.call('POST', `/v1/models/${slug}/events`, { events })).status).toBe(202);
  const actuals = Array.from({ length: 40 }, (_, q) => ({
    prediction_id: `q${q}-${places[q % 4]}`,
    actual_score: 1,
  }));
  expect((await api.call('POST', `/v1/models/${slug}/actuals`, { actuals })).status).toBe(202);
  await api.mirror(slug);
  const { body } = await api.call('GET', `/v1/models/${slug}/performance`);
  const value = (name: string) => body.metrics.find(({ metric }: { metric: string }) => metric === name);
  const mean = (of: (place: number) => number) => places.map(of).reduce((a, b) => a + b, 0) / 4;
  const inside = (place: number) => (place <= 10 ? 1 : 0);
  expect(value('ndcg')).toMatchObject({ n: 40, status: 'ok' });
  expect(value('ndcg').value).toBeCloseTo(
    mean((p) => inside(p) / Math.log2(p + 1)),
    9,
  );
  expect(value('mrr').value).toBeCloseTo(
    mean((p) => inside(p) / p),
    9,
  );
  expect(value('map').value).toBeCloseTo(
    mean((p) => inside(p) / p),
    9,
  );
  expect(value('hit_rate')).toMatchObject({
    value: 0.75,
    lower: expect.any(Number),
    upper: expect.any(Number),
  });
  expect(value('precision_at_k').value).toBeCloseTo(0.075, 9);
  expect(value('recall_at_k').value).toBeCloseTo(0.75, 9);
  expect([body.confusion_matrix, body.threshold_sweep]).toEqual([null, null]);
  const query = new URLSearchParams({ metric: 'ndcg', granularity: 'week' });
  const series = await api.call('GET', `/v1/models/${slug}/timeseries?${query}`);
  expect(series.body.points).toEqual([
    expect.objectContaining({ n: 40, value: expect.closeTo(value('ndcg').value, 9) }),
  ]);
});
