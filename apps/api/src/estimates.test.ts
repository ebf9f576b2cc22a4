import type { MultivariateResult } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

/*
 * A calibrated model, six days of 500 events. Day 0 and 1 keep what the reference says, on the days 2 to 4 a score means
 * nothing any more, and day 5 waits for its labels.
 */
interface Row {
  prediction_id: string;
  prediction_timestamp: string;
  features: { distance: number; origin: string };
  prediction_score: number;
  actual_label?: string;
}

let api: TestApi;
let slug: string;

function sequence(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function makeRows(
  prefix: string,
  n: number,
  startHours: number,
  labels: 'calibrated' | 'drifted' | 'none',
): Row[] {
  const next = sequence(n + startHours + 1000);
  return Array.from({ length: n }, (_, i) => {
    const score = next() ** 2;
    const isLate = next() < (labels === 'drifted' ? 0.5 : score);
    return {
      prediction_id: `${prefix}${i}`,
      prediction_timestamp: at(startHours + (i * 24) / n),
      features: { distance: next() * 1000, origin: next() < 0.6 ? 'LAS' : 'ORD' },
      prediction_score: score,
      ...(labels === 'none' ? {} : { actual_label: isLate ? 'late' : 'on_time' }),
    };
  });
}

const reference = makeRows('r', 2500, -24 * 7, 'calibrated');

/** Rows by score bin: how many, Σ score, how many of them were late. */
function binned(rows: readonly Row[]) {
  const bins = new Map<number, { n: number; scores: number; late: number }>();
  for (const { prediction_score: score, actual_label } of rows) {
    const key = Math.min(999, Math.floor(score * 1000));
    const bin = bins.get(key) ?? { n: 0, scores: 0, late: 0 };
    bins.set(key, {
      n: bin.n + 1,
      scores: bin.scores + score,
      late: bin.late + Number(actual_label === 'late'),
    });
  }
  return [...bins].sort(([a], [b]) => a - b).map(([, bin]) => ({ ...bin, score: bin.scores / bin.n }));
}

/** The least squares fit that never falls: at each bin the largest over starts of the smallest mean over ends. */
function isotonicAt(bins: ReturnType<typeof binned>): number[] {
  const sums = [{ n: 0, late: 0 }];
  for (const { n, late } of bins) {
    const before = sums.at(-1) ?? { n: 0, late: 0 };
    sums.push({ n: before.n + n, late: before.late + late });
  }
  const mean = (from: number, to: number) => {
    const [a, b] = [sums[from], sums[to + 1]];
    return a && b ? (b.late - a.late) / (b.n - a.n) : Number.NaN;
  };
  const smallest = bins.map((_, from) => {
    const ends = new Array<number>(bins.length).fill(Number.POSITIVE_INFINITY);
    for (let to = bins.length - 1; to >= from; to--)
      ends[to] = Math.min(mean(from, to), ends[to + 1] ?? Number.POSITIVE_INFINITY);
    return ends;
  });
  return bins.map((_, at) => Math.max(...smallest.slice(0, at + 1).map((ends) => ends[at] ?? Number.NaN)));
}

/** Straight lines between the fitted bins, level outside. */
function probabilityOf(score: number, bins: ReturnType<typeof binned>, fitted: readonly number[]): number {
  const above = bins.findIndex((bin) => bin.score >= score);
  if (above < 0) return fitted.at(-1) ?? Number.NaN;
  const [high, low] = [bins[above], bins[above - 1]];
  const [top = Number.NaN, bottom = top] = [fitted[above], fitted[above - 1]];
  if (!high || !low) return top;
  return bottom + ((score - low.score) / (high.score - low.score)) * (top - bottom);
}

const days = (['calibrated', 'calibrated', 'drifted', 'drifted', 'drifted', 'none'] as const).map(
  (labels, day) => makeRows(`d${day}-`, 500, day * 24, labels),
);
const ask = async (question: string, query: Record<string, string>) => {
  const answer = await api.call('GET', `/v1/models/${slug}/${question}?${new URLSearchParams(query)}`);
  expect([answer.status, answer.status === 200 ? null : answer.body]).toEqual([200, null]);
  return answer.body;
};
const day = (from: number, to = from + 1) => ({ from: at(from * 24), to: at(to * 24) });
const metricOf = (answer: { metrics: { metric: string }[] }, name: string) =>
  answer.metrics.find(({ metric }) => metric === name);

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel();
  await api.call('POST', `/v1/models/${slug}/reference`, { events: reference });
  const answer = await api.call('POST', `/v1/models/${slug}/events`, { events: days.flat() });
  expect(answer.body.accepted).toBe(3000);
  await api.mirror(slug);
});
afterAll(() => api.close());

describe('estimated performance', () => {
  test('stands where labels are missing, from the scores of all events', async () => {
    const answer = await ask('performance', day(5));
    expect(answer).toMatchObject({
      n_labelled: 0,
      estimation: { method: 'cbpe', status: 'ok', reason: null, n_reference: 2500 },
    });
    const right = days[5]?.reduce((sum, { prediction_score: s }) => sum + Math.max(s, 1 - s), 0) ?? 0;
    const accuracy = metricOf(answer, 'accuracy');
    expect(accuracy).toMatchObject({
      value: null,
      status: 'empty',
      estimated_n: 500,
      estimated_status: 'ok',
    });
    expect(accuracy).toHaveProperty('estimated', expect.closeTo(right / 500, 1));
    expect(accuracy).toHaveProperty('estimated_lower', expect.any(Number));
    expect(metricOf(answer, 'label_coverage')).toMatchObject({
      estimated: null,
      estimated_status: 'not_applicable',
    });
  });

  test('is what an isotonic fit written anew makes of the rows', async () => {
    const answer = await ask('performance', day(5));
    const labelled = binned(reference);
    const fitted = isotonicAt(labelled);
    const isCalibrated = answer.estimation.is_calibrated;
    const expected = { tp: 0, fp: 0, fn: 0, tn: 0 };
    let brier = 0;
    let [wins, below] = [0, 0];
    for (const { n, score } of binned(days[5] ?? [])) {
      const late = isCalibrated ? probabilityOf(score, labelled, fitted) : score;
      expected[score >= 0.5 ? 'tp' : 'fn'] += n * late;
      expected[score >= 0.5 ? 'fp' : 'tn'] += n * (1 - late);
      brier += n * (late * (1 - score) ** 2 + (1 - late) * score ** 2);
      wins += n * late * (below + (n * (1 - late)) / 2);
      below += n * (1 - late);
    }
    const { tp, fp, fn, tn } = expected;
    const shown = answer.estimation.expected_confusion;
    for (const [cell, value] of Object.entries(expected)) {
      expect(shown[cell].value, cell).toBeCloseTo(value, 8);
      expect(shown[cell].lower < value && value < shown[cell].upper, cell).toBe(true);
    }
    const values = {
      accuracy: (tp + tn) / 500,
      precision: tp / (tp + fp),
      recall: tp / (tp + fn),
      specificity: tn / (tn + fp),
      f1: (2 * tp) / (2 * tp + fp + fn),
      brier: brier / 500,
      roc_auc: wins / ((tp + fn) * (fp + tn)),
    };
    for (const [metric, value] of Object.entries(values))
      expect(metricOf(answer, metric), metric).toHaveProperty('estimated', expect.closeTo(value, 9));
  });

  test('a filter takes the cohort of both sides: stored and scanned profiles agree', async () => {
    const all = await ask('performance', day(1));
    const filter = JSON.stringify({ field: 'prediction_score', op: 'gte', value: 0 });
    const scanned = await ask('performance', { ...day(1), filter });
    expect(scanned.metrics).toEqual(all.metrics);
    expect(scanned.estimation).toEqual(all.estimation);
  });

  test('is not made for a filter on actuals, nor of values the reference never had', async () => {
    const byActual = JSON.stringify({ not: { field: 'actual_label', op: 'eq', value: 'late' } });
    expect(await ask('performance', { ...day(0), filter: byActual })).toMatchObject({
      estimation: { status: 'not_applicable', reason: expect.stringContaining('actuals') },
    });
    const strange = makeRows('s', 60, 24 * 8, 'none').map((row) => ({
      ...row,
      features: { ...row.features, origin: 'XNA' },
    }));
    await api.call('POST', `/v1/models/${slug}/events`, { events: strange });
    await api.mirror(slug);
    const answer = await ask('performance', day(8));
    expect(answer.estimation).toMatchObject({
      status: 'suppressed',
      reason: expect.stringContaining('origin'),
    });
    expect(metricOf(answer, 'accuracy')).toMatchObject({ estimated: null, estimated_status: 'suppressed' });
  });
});

test('days that a classifier tells from the reference are not estimated; the others are', async () => {
  const project = await api.db.access.firstProject();
  const model = await api.db.models.find(project?.id ?? '', slug);
  const { id } = await api.db.profiles.binSet(model?.id ?? '');
  const [fromMs, toMs] = [Date.parse(at(4 * 24)), Date.parse(at(5 * 24))];
  const window = { modelId: model?.id ?? '', binSetId: id, fromMs, toMs } as const;
  await api.db.multivariate.request({ ...window, environment: 'production', source: 'request' });
  const claimed = await api.db.multivariate.claim(window.modelId, 60_000);
  if (!claimed) throw new Error('expected a window');
  const result = { classifier: { value: 0.972, drifted: true } } as MultivariateResult;
  await api.db.multivariate.finish(claimed.lease, { state: 'done', result });
  expect(await ask('performance', day(4))).toMatchObject({
    estimation: { status: 'suppressed', reason: expect.stringContaining('0.972') },
  });
  expect(await ask('performance', day(0, 5))).toMatchObject({ estimation: { status: 'ok' } });
  const { points } = await ask('timeseries', { metric: 'accuracy', ...day(3, 6), granularity: 'day' });
  expect(points.map((point: { estimated_status: string }) => point.estimated_status)).toEqual([
    'ok',
    'suppressed',
    'ok',
  ]);
  await api.db.multivariate.request({ ...window, environment: 'production', source: 'request' });
  const again = await api.db.multivariate.claim(window.modelId, 60_000);
  if (!again) throw new Error('expected a window');
  const near = { classifier: { value: 0.6, drifted: false } } as MultivariateResult;
  await api.db.multivariate.finish(again.lease, { state: 'done', result: near });
  expect(await ask('performance', day(4))).toMatchObject({ estimation: { status: 'ok' } });
});

test('several classes are estimated from the probabilities of each', async () => {
  const model = await api.putModel({ task: 'multiclass_classification', positive_label: undefined });
  const next = sequence(99);
  const labels = ['car', 'bus', 'tram'];
  const makeEvents = (prefix: string, n: number, startHours: number, hasActual: boolean) =>
    Array.from({ length: n }, (_, i) => {
      const weights = labels.map(() => next() ** 3 + 0.01);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const shares = weights.map((weight) => weight / total);
      const draw = next();
      const actual = draw < (shares[0] ?? 0) ? 0 : draw < (shares[0] ?? 0) + (shares[1] ?? 0) ? 1 : 2;
      return {
        prediction_id: `${prefix}${i}`,
        prediction_timestamp: at(startHours + (i * 24) / n),
        features: { distance: next() },
        prediction_scores: Object.fromEntries(labels.map((label, k) => [label, shares[k]])),
        ...(hasActual ? { actual_label: labels[actual] } : {}),
      };
    });
  await api.call('POST', `/v1/models/${model}/reference`, { events: makeEvents('r', 2000, -72, true) });
  const current = makeEvents('e', 400, 0, false);
  expect((await api.call('POST', `/v1/models/${model}/events`, { events: current })).body.accepted).toBe(400);
  await api.mirror(model);
  const { body } = await api.call('GET', `/v1/models/${model}/performance`);
  expect(body.estimation).toMatchObject({ status: 'ok', n_reference: 2000 });
  const right = current.reduce(
    (sum, event) => sum + Math.max(...Object.values(event.prediction_scores).map(Number)),
    0,
  );
  const accuracy = metricOf(body, 'accuracy');
  expect(accuracy).toMatchObject({ value: null, estimated_n: 400, estimated_status: 'ok' });
  expect(accuracy).toHaveProperty('estimated', expect.closeTo(right / 400, 1));
  expect(metricOf(body, 'brier')).toMatchObject({ estimated: null, estimated_status: 'not_applicable' });
});

describe('the back-test', () => {
  test('gives the miss of every window with labels, and distrusts after three', async () => {
    const series = await ask('timeseries', { metric: 'accuracy', ...day(0, 6), granularity: 'day' });
    expect(series.estimation).toMatchObject({ distrusted: true, back_test_coverage: 0.8 });
    const biases = series.points.map((point: { estimated_bias: number | null }) => point.estimated_bias);
    expect(biases.slice(0, 2).every((bias: number) => Math.abs(bias) < 3)).toBe(true);
    expect(biases.slice(2, 5).every((bias: number) => bias > 3)).toBe(true);
    expect(biases[5]).toBeNull();
    expect(series.points[5]).toMatchObject({ value: null, status: 'empty', estimated_n: 500 });
    expect(metricOf(await ask('performance', day(0, 6)), 'accuracy')).toMatchObject({
      estimated_distrusted: true,
    });
    expect(metricOf(await ask('performance', day(0, 4)), 'accuracy')).toMatchObject({
      estimated_distrusted: false,
    });
  });

  test('is given with performance metrics alone', async () => {
    const { estimation, points } = await ask('timeseries', { metric: 'volume', ...day(0, 2) });
    expect(estimation).toBeNull();
    expect(points[0]).not.toHaveProperty('estimated');
  });
});
