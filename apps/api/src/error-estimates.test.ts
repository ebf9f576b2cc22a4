import { fitLossEstimator } from '@plumbline/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

/*
 * A regression that is right on average; its error grows with the distance. Day 0 and 1 have labels, day 2 goes further
 * and waits for them.
 */
let api: TestApi;
let slug: string;

function sequence(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function makeRows(prefix: string, n: number, startHours: number, { reach = 10, hasActuals = true } = {}) {
  const next = sequence(n + startHours + 1000);
  return Array.from({ length: n }, (_, i) => {
    const distance = reach * next();
    const prediction = 100 + 5 * distance;
    return {
      prediction_id: `${prefix}${i}`,
      prediction_timestamp: at(startHours + (i * 24) / n),
      features: { distance, origin: next() < 0.6 ? 'LAS' : 'ORD' },
      prediction_score: prediction,
      ...(hasActuals ? { actual_score: prediction + distance * (2 * next() - 1) } : {}),
    };
  });
}

const reference = makeRows('r', 2500, -24 * 7);
const days = [
  makeRows('a', 400, 0),
  makeRows('b', 400, 24),
  makeRows('c', 400, 48, { hasActuals: false }).map((row) => ({
    ...row,
    features: { ...row.features, distance: Math.sqrt(row.features.distance * 10) },
  })),
];
const ask = async (question: string, query: Record<string, string>) => {
  const answer = await api.call('GET', `/v1/models/${slug}/${question}?${new URLSearchParams(query)}`);
  expect([answer.status, answer.status === 200 ? null : answer.body]).toEqual([200, null]);
  return answer.body;
};
const day = (from: number, to = from + 1) => ({ from: at(from * 24), to: at(to * 24) });
const metricOf = (answer: { metrics: { metric: string; estimated: number }[] }, name: string) =>
  answer.metrics.find(({ metric }) => metric === name);
/** The error is uniform on ±distance: its mean is half of that. */
const expectedMae = (rows: (typeof days)[number]) =>
  rows.reduce((sum, { features }) => sum + features.distance / 2, 0) / rows.length;

async function learn() {
  const project = await api.db.access.firstProject();
  const model = await api.db.models.find(project?.id ?? '', slug);
  if (!model) throw new Error('expected the model');
  const predictions = Float64Array.from(reference, ({ prediction_score }) => prediction_score);
  const work = fitLossEstimator({
    columns: [
      {
        name: 'features.distance',
        values: Float64Array.from(reference, ({ features }) => features.distance),
      },
      { name: 'features.origin', values: reference.map(({ features }) => features.origin) },
      { name: 'prediction_score', values: predictions },
    ],
    predictions,
    actuals: Float64Array.from(reference, ({ actual_score = Number.NaN }) => actual_score),
  });
  let step = work.next();
  while (!step.done) step = work.next();
  const { id } = await api.db.profiles.binSet(model.id);
  await api.db.lossEstimators.save(model.id, id, step.value);
}

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel({ task: 'regression', positive_label: undefined });
  await api.call('POST', `/v1/models/${slug}/reference`, { events: reference });
  const answer = await api.call('POST', `/v1/models/${slug}/events`, { events: days.flat() });
  expect(answer.body.accepted).toBe(1200);
  await api.mirror(slug);
});
afterAll(() => api.close());

test('until the errors of the reference are learnt, the answer says so', async () => {
  const answer = await ask('performance', day(2));
  expect(answer.estimation).toMatchObject({ method: 'dle', status: 'learning', held_out: [] });
  expect(metricOf(answer, 'mae')).toMatchObject({ estimated: null, estimated_status: 'learning' });
  await learn();
});

test('errors are estimated where labels are missing, from the events themselves', async () => {
  const answer = await ask('performance', day(2));
  expect(answer).toMatchObject({
    n_labelled: 0,
    estimation: { method: 'dle', status: 'ok', reason: null, n_reference: 2500, is_calibrated: null },
  });
  const [mae, rmse] = [metricOf(answer, 'mae'), metricOf(answer, 'rmse')];
  expect(mae).toMatchObject({ value: null, estimated_n: 400, estimated_status: 'ok' });
  const truth = expectedMae(days[2] ?? []);
  expect(truth).toBeGreaterThan(1.2 * expectedMae(days[1] ?? []));
  expect(Math.abs((mae?.estimated ?? 0) / truth - 1)).toBeLessThan(0.1);
  expect(rmse?.estimated).toBeGreaterThan(mae?.estimated ?? Infinity);
  expect(metricOf(answer, 'mape')).toHaveProperty('estimated', expect.any(Number));
  expect(metricOf(answer, 'r2')).toMatchObject({ estimated: null, estimated_status: 'not_applicable' });
  expect(answer.estimation.held_out.map(({ metric }: { metric: string }) => metric)).toEqual([
    'mae',
    'rmse',
    'mape',
  ]);
});

test('days are held against their labels, and the points of a series are those of the performance of their days', async () => {
  const series = await ask('timeseries', { metric: 'mae', ...day(0, 3), granularity: 'day' });
  expect(series.estimation).toMatchObject({ method: 'dle', distrusted: false });
  expect(series.points).toHaveLength(3);
  for (const [i, point] of series.points.entries()) {
    const mae = metricOf(await ask('performance', day(i)), 'mae');
    expect(point).toMatchObject({ estimated: mae?.estimated, estimated_n: 400 });
    if (i < 2) expect(Math.abs(point.estimated_bias)).toBeLessThan(3);
    else expect(point.estimated_bias).toBeNull();
  }
});

test('a cohort is asked about its own events; actuals cannot select one', async () => {
  const filter = JSON.stringify({ field: 'features.distance', op: 'gte', value: 5 });
  const cohort = await ask('performance', { ...day(0), filter });
  const rows = (days[0] ?? []).filter(({ features }) => features.distance >= 5);
  expect(metricOf(cohort, 'mae')).toMatchObject({ estimated_n: rows.length });
  expect(Math.abs((metricOf(cohort, 'mae')?.estimated ?? 0) / expectedMae(rows) - 1)).toBeLessThan(0.1);
  const byActual = JSON.stringify({ field: 'actual_score', op: 'gte', value: 100 });
  expect(await ask('performance', { ...day(0), filter: byActual })).toMatchObject({
    estimation: { status: 'not_applicable', reason: expect.stringContaining('actuals') },
  });
});
