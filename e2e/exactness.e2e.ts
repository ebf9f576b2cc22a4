import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, createApi } from './exactness/api.ts';
import { checkDistributions, checkGroups, checkReports, checkSeries } from './exactness/check-model.ts';
import { type Comparison, createComparison } from './exactness/comparison.ts';
import type { SourceRow } from './exactness/dataset.ts';
import { toReferenceEvent } from './exactness/event-body.ts';
import { flightModelBody, flightTask, productionFlights, referenceFlights } from './exactness/flights.ts';
import { postActuals, postEvents, untilCaughtUp } from './exactness/load.ts';
import { flightQuestions } from './exactness/questions.ts';
import { type Question, queryOf } from './exactness/selection.ts';
import {
  multiclassModel,
  regressionModel,
  type SmallModel,
  smallFeatures,
} from './exactness/small-models.ts';
import { createTruth, type Truth } from './exactness/truth.ts';
import { type RunningServer, startServer } from './server.ts';

const day = 86_400_000;
const lateDay = Date.UTC(2001, 2, 10);
const isLateDay = ({ ms }: SourceRow) => ms >= lateDay && ms < lateDay + day;

let server: RunningServer;
let api: Api;

beforeAll(async () => {
  server = await startServer();
  api = createApi(server.url, server.apiKey);
});

afterAll(() => server?.stop());

function expectEqual(compare: Comparison, atLeast: number): void {
  const { differences } = compare;
  expect(differences.slice(0, 40), `${differences.length} of ${compare.compared()} numbers differ`).toEqual(
    [],
  );
  expect(compare.compared()).toBeGreaterThan(atLeast);
}

describe('a binary model of a quarter of a million real flights, half a million as its reference', () => {
  const slug = 'flights';
  let truth: Truth;
  let rows: SourceRow[];
  const ask = (path: string, question: Question) =>
    api.get<Record<string, unknown>>(`/v1/models/${slug}/${path}`, queryOf(question));

  beforeAll(async () => {
    const reference = await referenceFlights();
    expect(reference.data.size).toBe(508_239);
    await api.send('PUT', `/v1/models/${slug}`, flightModelBody);
    const [production] = await Promise.all([
      productionFlights(),
      api.upload(`/v1/models/${slug}/reference`, reference.ndjson),
    ]);
    rows = production.rows;
    expect(rows.length).toBeGreaterThan(200_000);
    const labels = production.data.fields.get('actual_label') ?? [];
    rows.forEach((row, i) => {
      if (isLateDay(row)) labels[i] = null;
    });
    const posted = await postEvents(api, slug, rows);
    expect(posted).toEqual({ accepted: rows.length, duplicates: 0, rejected: 0 });
    await postActuals(
      api,
      slug,
      rows.filter((row) => !isLateDay(row)),
    );
    await untilCaughtUp(api, slug, production.data);
    truth = createTruth(
      { slug, ...flightTask, features: flightModelBody.features ?? [] },
      reference.data,
      production.data,
    );
  });

  test.each(Object.entries(flightQuestions))(
    'drift, performance and quality of %s',
    async (name, question) => {
      const compare = createComparison();
      await checkReports(compare, api, truth, name, question);
      expectEqual(compare, 200);
    },
  );

  test.each(['everything', 'one version within hours', 'a cohort by score and tag'])(
    'distributions of %s',
    async (name) => {
      const question = flightQuestions[name];
      const compare = createComparison();
      if (question) await checkDistributions(compare, api, truth, name, question);
      expectEqual(compare, 500);
    },
  );

  test.each([
    'everything',
    'whole hours',
    'within hours',
    'one version',
    'a cohort',
    'whole hours against the ones before',
  ])('series of %s', async (name) => {
    const question = flightQuestions[name];
    const compare = createComparison();
    if (question) {
      await checkSeries(compare, api, truth, name, question, [
        { metric: 'volume', granularity: 'hour' },
        { metric: 'accuracy', granularity: 'day' },
        { metric: 'roc_auc', granularity: 'week' },
        { metric: 'log_loss', granularity: 'day' },
        { metric: 'label_coverage', granularity: 'hour' },
        { metric: 'psi', column: 'origin_departures_1h', granularity: 'day' },
        { metric: 'wasserstein_normed', column: 'prediction_score', granularity: 'week' },
        { metric: 'ks', column: 'distance', granularity: 'day' },
        { metric: 'js_distance', column: 'destination', granularity: 'hour' },
        { metric: 'chi_square', column: 'weekday', granularity: 'week' },
        { metric: 'missing_rate', column: 'origin_late_share_1h', granularity: 'hour' },
        { metric: 'unseen_rate', column: 'origin', granularity: 'day' },
        { metric: 'out_of_range_rate', column: 'prediction_score', granularity: 'day' },
      ]);
    }
    expectEqual(compare, 300);
  });

  test.each(['everything', 'within hours', 'a cohort by score and tag'])('slices of %s', async (name) => {
    const question = flightQuestions[name];
    const metrics = ['volume', 'accuracy', 'precision', 'recall', 'f1', 'brier', 'log_loss', 'roc_auc'];
    const compare = createComparison();
    if (question) {
      for (const groupBy of [['features.origin'], ['features.weekday', 'tags.haul'], ['model_version']])
        await checkGroups(compare, api, truth, name, question, { groupBy, metrics });
    }
    expectEqual(compare, 100);
  });

  test('the same ids posted again change nothing', async () => {
    const everything = flightQuestions.everything ?? { from: 0, to: 1 };
    const reports = () =>
      Promise.all(['drift', 'performance', 'quality'].map((path) => ask(path, everything)));
    const before = await reports();
    const again = rows.slice(50_000, 60_000);
    expect(await postEvents(api, slug, again)).toEqual({
      accepted: 0,
      duplicates: again.length,
      rejected: 0,
    });
    await postActuals(
      api,
      slug,
      again.filter((row) => !isLateDay(row)),
    );
    await untilCaughtUp(api, slug, truth.data);
    expect(await reports()).toEqual(before);
  });

  test('labels of a past day that come late change that day exactly, and no other', async () => {
    const others = [
      { from: Date.UTC(2001, 1, 1), to: lateDay },
      { from: lateDay + day, to: Date.UTC(2001, 2, 23) },
    ];
    const performanceOf = (questions: Question[]) => Promise.all(questions.map((q) => ask('performance', q)));
    const before = await performanceOf(others);
    const lateRows = rows.filter(isLateDay);
    await postActuals(api, slug, lateRows);
    const labels = truth.data.fields.get('actual_label') ?? [];
    rows.forEach((row, i) => {
      if (isLateDay(row)) labels[i] = row.actualLabel;
    });
    await untilCaughtUp(api, slug, truth.data);
    const compare = createComparison();
    const changed = { from: lateDay, to: lateDay + day };
    await checkReports(compare, api, truth, 'the late day', changed);
    await checkReports(compare, api, truth, 'hours of the late day', {
      from: lateDay + 9 * 3_600_000,
      to: lateDay + day,
    });
    await checkSeries(compare, api, truth, 'around it', { from: lateDay - 2 * day, to: lateDay + 3 * day }, [
      { metric: 'accuracy', granularity: 'hour' },
      { metric: 'brier', granularity: 'day' },
    ]);
    expectEqual(compare, 400);
    expect(await performanceOf(others)).toEqual(before);
    expect(await ask('performance', changed)).toHaveProperty(
      'n_labelled',
      lateRows.filter((r) => r.actualLabel !== null && r.environment === 'production').length,
    );
  });
});

describe.each([
  {
    slug: 'delay-minutes',
    task: 'regression',
    load: regressionModel,
    metrics: ['volume', 'mae', 'rmse', 'bias'],
  },
  {
    slug: 'delay-class',
    task: 'multiclass_classification',
    load: multiclassModel,
    metrics: ['volume', 'accuracy'],
  },
] as const)('a $task model with columns of every kind of bins', ({ slug, task, load, metrics }) => {
  let truth: Truth;
  let model: SmallModel;

  beforeAll(async () => {
    model = await load();
    await api.send('PUT', `/v1/models/${slug}`, { task, features: smallFeatures });
    const events = model.reference.rows.map(toReferenceEvent);
    await api.send('POST', `/v1/models/${slug}/reference`, { events });
    await postEvents(api, slug, model.production.rows, 1000);
    await postActuals(api, slug, model.production.rows, 1000);
    await untilCaughtUp(api, slug, model.production.data);
    truth = createTruth(
      { slug, task, positive: null, features: smallFeatures },
      model.reference.data,
      model.production.data,
    );
  });

  const from = Date.UTC(2001, 1, 10);
  test.each<[string, Question]>([
    ['everything', { from, to: from + 3 * day }],
    ['a time within hours', { from: from + 12_345_678, to: from + 2 * day + 7_654_321 }],
    ['one version', { from, to: from + 3 * day, version: 'b' }],
    ['a cohort', { from, to: from + 3 * day, filter: { field: 'features.is_long', op: 'eq', value: true } }],
    [
      'a small cohort',
      { from, to: from + 3 * day, filter: { field: 'features.origin', op: 'in', value: ['BOS', 'SEA'] } },
    ],
  ])('every number of %s', async (name, question) => {
    const compare = createComparison();
    await checkReports(compare, api, truth, name, question);
    await checkDistributions(compare, api, truth, name, question);
    await checkSeries(compare, api, truth, name, question, [
      { metric: task === 'regression' ? 'mae' : 'f1', granularity: 'hour' },
      { metric: 'wasserstein_normed', column: 'quarter', granularity: 'day' },
      { metric: 'ks', column: 'late_share', granularity: 'day' },
    ]);
    for (const groupBy of [['tags.side'], ['features.is_long', 'features.quarter']])
      await checkGroups(compare, api, truth, name, question, { groupBy, metrics: [...metrics] });
    expectEqual(compare, 300);
  });
});
