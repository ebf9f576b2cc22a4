import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
let slug: string;

/** 200 events of one day; the share of `JFK` says how far the day is from the reference's one half. */
const day = (number: number, jfkShare: number) =>
  Array.from({ length: 200 }, (_, i) => ({
    prediction_id: `d${number}-${i}`,
    prediction_timestamp: at(24 * number + (i % 24)),
    features: { distance: i % 50, origin: i < 200 * jfkShare ? 'JFK' : 'LAS' },
  }));

/** The rows of apps/worker/src/judging.test.ts, which expects the same of the worker. */
const referenceShares = Array.from({ length: 14 }, (_, i) => 0.5 + 0.02 * ((i % 5) - 2));

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel({
    features: [
      { name: 'distance', kind: 'numeric' },
      { name: 'origin', kind: 'categorical' },
    ],
  });
  await api.call('POST', `/v1/models/${slug}/reference`, {
    events: referenceShares.flatMap((share, i) => day(i - 14, share)),
  });
  const shares = [0.5, 0.54, 0.75, 0.5, 0.75];
  await api.call('POST', `/v1/models/${slug}/events`, {
    events: shares.flatMap((share, i) => day(i, share)),
  });
  await api.mirror(slug);
});
afterAll(() => api.close());

const rule = {
  name: 'Drift of origin',
  metric: 'js_distance',
  column: 'origin',
  persistence: { breaches: 2, of: 3 },
};
const preview = (change: object) =>
  api.call('POST', `/v1/models/${slug}/monitors/preview`, { ...rule, ...change });

test('an auto threshold is previewed as the worker judges it', async () => {
  const { status, body } = await preview({ threshold: { kind: 'auto' } });
  expect(status).toBe(200);
  expect(body.points.map((point: { state: string }) => point.state)).toEqual([
    'ok',
    'ok',
    'critical',
    'ok',
    'critical',
  ]);
  expect(body.points[2].lower_limit).toBeNull();
  expect(body.points[2].upper_limit).toBeCloseTo(0.0718021, 6);
  expect(body.incidents).toMatchObject([{ from: at(48), to: at(120), severity: 'critical' }]);
  expect(body.incidents[0].value).toBeCloseTo(0.2232784, 6);
});

test.each([
  { kind: 'cusum', warning: 50 },
  { kind: 'ewma', warning: 10 },
])('the limit of a chart ($kind) has come nearer after a day that deviates', async (threshold) => {
  const { body } = await preview({ threshold: { ...threshold, direction: 'above' } });
  const reaches = body.points.map((point: { upper_limit: number }) => point.upper_limit);
  expect(reaches).toHaveLength(5);
  expect(reaches[3]).toBeLessThan(reaches[2] - 0.1);
});

test.each([
  [{ threshold: { kind: 'cusum', warning: 5, direction: 'above' }, metric: 'chi_square' }, '/threshold/kind'],
  [{ threshold: { kind: 'relative', warning: 0.1, direction: 'above' } }, '/threshold/baseline'],
  [
    { threshold: { kind: 'seasonal', warning: 4, direction: 'above' }, granularity: 'week' },
    '/threshold/kind',
  ],
  [{ threshold: { kind: 'auto' }, metric: 'chi_square' }, '/threshold/kind'],
  [{ threshold: { kind: 'auto' }, metric: 'rejected_share', column: null }, '/threshold/kind'],
  [{ threshold: { kind: 'sigma', direction: 'above' } }, '/threshold'],
  [{ threshold: { kind: 'sigma', warning: -1, direction: 'above' } }, '/threshold/warning'],
  [{ threshold: { kind: 'median', warning: 1, direction: 'above' } }, '/threshold/kind'],
])('%j is refused at %s', async (change, pointer) => {
  const { status, body } = await preview(change);
  expect(status).toBe(422);
  expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
});

test('every kind is kept as it was sent, with what was left out', async () => {
  const made = async (threshold: object) =>
    (await api.call('POST', `/v1/models/${slug}/monitors`, { ...rule, threshold })).body.threshold;
  expect(await made({ kind: 'auto' })).toEqual({ kind: 'auto' });
  expect(await made({ kind: 'sigma', warning: 3, direction: 'above' })).toEqual({
    kind: 'sigma',
    warning: 3,
    direction: 'above',
    windows: 30,
  });
});

test('a change to a kind that does not fit the windows is refused', async () => {
  const { body } = await api.call('POST', `/v1/models/${slug}/monitors`, {
    ...rule,
    threshold: { kind: 'seasonal', warning: 4, direction: 'above' },
  });
  const patch = { granularity: 'week' };
  expect((await api.call('PATCH', `/v1/models/${slug}/monitors/${body.id}`, patch)).status).toBe(422);
});

test('a chart shows the threshold of each window, where it has the windows of the monitor', async () => {
  await api.call('POST', `/v1/models/${slug}/monitors`, {
    name: 'Volume',
    metric: 'volume',
    threshold: { kind: 'relative', warning: 0.5, direction: 'outside', baseline: 'previous' },
  });
  const project = await api.db.access.firstProject();
  const model = await api.db.models.find(project?.id ?? '', slug);
  const { id: modelId = '' } = model ?? {};
  const { id } = await api.db.profiles.binSet(modelId);
  const key = {
    metric: 'volume',
    columnKey: '',
    granularity: 'day',
    environment: 'production',
    version: '',
  } as const;
  const points = [100, 200, 200, 200, 200].map((n, day) => ({
    startMs: Date.parse(at(24 * (day - 1))),
    score: { value: n, status: 'ok', n, exactness: 'exact' } as const,
  }));
  await api.db.metricPoints.write(modelId, id, key, points);
  const thresholds = async (granularity: string) => {
    const query = `metric=volume&granularity=${granularity}&from=${at(0)}&to=${at(72)}`;
    const { body } = await api.call('GET', `/v1/models/${slug}/timeseries?${query}`);
    return body.points
      .slice(0, 3)
      .map((point: Record<string, unknown>) => [point.threshold_lower, point.threshold]);
  };
  expect(await thresholds('day')).toEqual([
    [50, 150],
    [100, 300],
    [100, 300],
  ]);
  expect(await thresholds('hour')).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ]);
  const other = `/v1/models/${slug}/timeseries?metric=psi&column=origin&granularity=day&from=${at(0)}&to=${at(72)}`;
  expect((await api.call('GET', other)).body.points[0]).toMatchObject({
    threshold: 0.2,
    threshold_lower: null,
  });
});
