import type { MultivariateResult } from '@plumbline/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './test-api.ts';

const monday = Date.UTC(2026, 0, 5);
const weekMs = 7 * 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
let api: TestApi;
let slug: string;

/** What comparisons of three weeks found; the second went on beyond what chance allows, the third did not. */
const found = [
  { auc: 0.52, pValue: 0.3, error: 1 },
  { auc: 0.9, pValue: 0.0001, error: 1.5 },
  { auc: 0.75, pValue: 0.2, error: 0.5 },
];
const resultOf = ({ auc, pValue, error }: (typeof found)[number]): MultivariateResult => {
  const measure = { status: 'ok', n: 400, n_reference: 900, reference_values: [] } as const;
  return {
    rows: 400,
    reference_rows: 900,
    embeddings: [],
    texts: [],
    classifier: {
      ...measure,
      reference_values: [],
      value: auc,
      threshold_lower: null,
      threshold: 0.7,
      threshold_from: 'reference_windows',
      drifted: auc > 0.7 && pValue < 0.001,
      p_value: pValue,
      features: [{ column: 'distance', share: 1 }],
    },
    reconstruction: {
      ...measure,
      reference_values: [],
      value: error,
      threshold_lower: 0.8,
      threshold: 1.2,
      threshold_from: 'sampling_error',
      drifted: error > 1.2 || error < 0.8,
      standard_error: 0.1,
      columns: 2,
      components: 1,
      explained_variance: 0.7,
      left_out: [],
    },
  };
};

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel();
  const events = Array.from({ length: 10 }, (_, i) => ({
    prediction_id: `r-${i}`,
    prediction_timestamp: iso(monday - weekMs + i),
    features: { distance: i },
  }));
  await api.call('POST', `/v1/models/${slug}/reference`, { events });
  const path = `/v1/models/${slug}/drift/multivariate`;
  for (const [i, finding] of found.entries()) {
    const from = monday + i * weekMs;
    const { body } = await api.call('POST', path, { from: iso(from), to: iso(from + weekMs) });
    await finish(body.id, resultOf(finding));
  }
  // Asked for, and not compared yet; and one that is no week.
  await api.call('POST', path, { from: iso(monday + 3 * weekMs), to: iso(monday + 4 * weekMs) });
  await api.call('POST', path, { from: iso(monday + 1), to: iso(monday + weekMs + 1) });
});
afterAll(() => api.close());

async function finish(id: string, result: MultivariateResult) {
  const project = await api.db.access.firstProject();
  const model = await api.db.models.find(project?.id ?? '', slug);
  const claimed = await api.db.multivariate.claim(model?.id ?? '', 60_000);
  if (claimed?.lease.id !== id) throw new Error('expected the window that was asked for');
  await api.db.multivariate.finish(claimed.lease, { state: 'done', result });
}

const rule = { name: 'All columns', metric: 'multivariate_auc', granularity: 'week' };
const preview = (change: object) =>
  api.call('POST', `/v1/models/${slug}/monitors/preview`, { ...rule, ...change });
const states = (body: { points: { state: string }[] }) => body.points.map(({ state }) => state);

test('an auto threshold takes the limit of each comparison, and no change that may be chance', async () => {
  const { status, body } = await preview({ threshold: { kind: 'auto' } });
  expect(status).toBe(200);
  expect(states(body)).toEqual(['ok', 'warning', 'ok']);
  expect(body.points[1]).toMatchObject({ value: 0.9, upper_limit: 0.7, lower_limit: null, n: 400 });
  expect(body.incidents).toMatchObject([{ severity: 'warning', value: 0.9, resolved: true }]);
});

test('the reconstruction error leaves its range on both sides', async () => {
  const { body } = await preview({ metric: 'reconstruction_error', threshold: { kind: 'auto' } });
  expect(states(body)).toEqual(['ok', 'warning', 'warning']);
  expect(body.points[2]).toMatchObject({ lower_limit: 0.8, upper_limit: 1.2 });
  const above = { kind: 'auto', direction: 'above' };
  const oneSided = await preview({ metric: 'reconstruction_error', threshold: above });
  expect(states(oneSided.body)).toEqual(['ok', 'warning', 'ok']);
});

test('a number of the monitor is its limit, whatever the comparison says', async () => {
  const { body } = await preview({ threshold: { kind: 'constant', critical: 0.51, direction: 'above' } });
  expect(states(body)).toEqual(['critical', 'critical', 'critical']);
});

test.each([
  [{ granularity: 'hour', threshold: { kind: 'auto' } }, '/granularity'],
  [{ threshold: { kind: 'auto', warning: 0.1 } }, '/threshold'],
  [{ threshold: { kind: 'cusum', warning: 5, direction: 'above' } }, '/threshold/kind'],
  [
    { threshold: { kind: 'relative', baseline: 'reference', warning: 0.1, direction: 'above' } },
    '/threshold/kind',
  ],
])('%j is refused at %s', async (change, pointer) => {
  const { status, body } = await api.call('POST', `/v1/models/${slug}/monitors`, { ...rule, ...change });
  expect(status).toBe(422);
  expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
});

test('a chart has the values of compared weeks, and none of those that wait or of a version', async () => {
  await api.call('POST', `/v1/models/${slug}/monitors`, {
    ...rule,
    metric: 'reconstruction_error',
    threshold: { kind: 'auto' },
  });
  const of = async (more: string) => {
    const range = `from=${iso(monday)}&to=${iso(monday + 4 * weekMs)}&granularity=week`;
    const path = `/v1/models/${slug}/timeseries?metric=reconstruction_error&${range}${more}`;
    return (await api.call('GET', path)).body.points;
  };
  const points = await of('');
  expect(points.map((point: { value: number | null }) => point.value)).toEqual([1, 1.5, 0.5, null]);
  expect(points[1]).toMatchObject({ status: 'ok', n: 400, threshold: 1.2, threshold_lower: 0.8 });
  expect(points[1].lower).toBeCloseTo(1.304, 3);
  expect(points[3]).toMatchObject({ status: 'not_applicable' });
  expect(await of('&version=2')).toMatchObject(Array(4).fill({ value: null, status: 'not_applicable' }));
});
