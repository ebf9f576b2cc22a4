import type { Task } from '@plumbline/contracts';
import { aucSamples, brierScore, logLoss } from '@plumbline/stats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColumnarModel, PartRef, SliceQuery } from './columnar.ts';
import { expectClose } from './testing/close-to.ts';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { plainEvents, plainSelection, plainValue } from './testing/plain-events.ts';
import { plainPerformance } from './testing/plain-profile.ts';
import { random, type SampleEvent, sampleActual, sampleEvents } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

const metrics = [
  'volume',
  'accuracy',
  'precision',
  'recall',
  'f1',
  'log_loss',
  'brier',
  'roc_auc',
  'mae',
  'rmse',
  'bias',
  'mean_score',
  'positive_rate',
  'label_rate',
  'unknown',
];

let open: OpenColumnar;
beforeAll(async () => {
  open = await openColumnar();
});
afterAll(() => open.close());

const all = (groupBy: string[]): SliceQuery => ({
  groupBy,
  metrics,
  orderBy: { key: 'volume', descending: true },
  minN: 0,
  limit: 1000,
});

describe.each<Task>(['binary_classification', 'multiclass_classification', 'regression'])('%s', (task) => {
  const model = sampleModel(task);
  const events = sampleEvents(3000, 31, task);
  const next = random(32);
  const actuals = events.slice(0, 2000).map(({ event }, i) => sampleActual(event, next, task, 60 + i));
  const rows = plainEvents(events, actuals);
  let parts: PartRef[];
  beforeAll(async () => {
    parts = await open.columnar.writeParts(model, await csvRows(open.incoming, events, actuals));
  });

  test.each([
    [['features.origin']],
    [['tags.channel', 'environment']],
    [['features.weekday', 'features.a\'b".c/~\\ 😀']],
    [['prediction_label', 'actual_label', 'model_version']],
    [['features.unknown']],
  ])('metrics by %j equal the row by row computation', async (groupBy) => {
    const answer = await open.columnar.slices(model, parts, { ...all(groupBy), version: 'v1' });
    const groups = new Map<string, SampleEvent[]>();
    for (const row of plainSelection(model, rows, { version: 'v1' })) {
      const key = JSON.stringify(groupBy.map((field) => plainValue(model, row, field)));
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    expect(answer.truncated).toBe(false);
    expect(answer.rows.length).toBe(groups.size);
    for (const row of answer.rows) {
      const members = groups.get(JSON.stringify(groupBy.map((field) => row.group[field]))) ?? [];
      expect([row.n, row.n_labelled]).toEqual([members.length, plainPerformance(model, members).labelled]);
      expectClose(row.metrics, plainMetrics(model, members));
    }
  });

  test('groups are ordered with nulls last, cut at the limit and at the least n', async () => {
    const query = {
      ...all(['features.origin']),
      orderBy: { key: task === 'regression' ? 'mae' : 'accuracy', descending: false },
    };
    const full = await open.columnar.slices(model, parts, query);
    const values = full.rows.map((row) => row.metrics[query.orderBy.key] ?? Number.POSITIVE_INFINITY);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    const cut = await open.columnar.slices(model, parts, { ...query, limit: 3 });
    expectClose(cut, { rows: full.rows.slice(0, 3), truncated: true });
    const least = await open.columnar.slices(model, parts, { ...query, minN: 50 });
    expectClose(
      least.rows,
      full.rows.filter((row) => row.n_labelled >= 50),
    );
    const counted = await open.columnar.slices(model, parts, { ...query, metrics: ['volume'], minN: 50 });
    expect(counted.rows.map((row) => row.group)).toEqual(
      full.rows.filter((row) => row.n >= 50).map((row) => row.group),
    );
  });
});

test('pages of events are newest first, without gap or overlap', async () => {
  const model = sampleModel();
  const events = sampleEvents(100, 33).map((row, i) => ({
    ...row,
    event: {
      ...row.event,
      prediction_ms: row.event.prediction_ms - (row.event.prediction_ms % 7_200_000),
      prediction_id: `q${i % 10}-${i}`,
    },
  }));
  const parts = await open.columnar.writeParts(model, await csvRows(open.incoming, events));
  const wanted = [...events].sort(
    (a, b) =>
      b.event.prediction_ms - a.event.prediction_ms ||
      (a.event.prediction_id < b.event.prediction_id ? 1 : -1),
  );
  const seen: string[] = [];
  for (let last: { predictedMs: number; predictionId: string } | undefined; ; ) {
    const page = await open.columnar.listEvents(model, parts, {
      limit: 7,
      ...(last ? { before: last } : {}),
    });
    seen.push(...page.map((row) => row.prediction_id));
    const end = page.at(-1);
    if (!end) break;
    last = { predictedMs: Date.parse(end.prediction_timestamp), predictionId: end.prediction_id };
  }
  expect(seen).toEqual(wanted.map((row) => row.event.prediction_id));
  const [newest] = await open.columnar.listEvents(model, parts, { limit: 1 });
  const { event, actual } = wanted[0] ?? { event: undefined, actual: null };
  expect(newest).toMatchObject({
    prediction_label: event?.prediction_label ?? null,
    prediction_score: event?.prediction_score ?? null,
    actual_label: actual?.actual_label ?? null,
    explained: event?.shap_values !== undefined,
  });
});

function plainMetrics(model: ColumnarModel, members: SampleEvent[]): Record<string, number | null> {
  const performance = plainPerformance(model, members);
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const scores = members.flatMap((row) => row.event.prediction_score ?? []);
  const judged = performance.confusion?.reduce((sum, cell) => sum + cell.count, 0) ?? 0;
  const cells = (test: (cell: { actual: string; predicted: string }) => boolean) =>
    performance.confusion?.filter(test).reduce((sum, cell) => sum + cell.count, 0) ?? 0;
  const positive = model.positiveLabel;
  const isBinary = model.task === 'binary_classification';
  const [tp, fp, fn] = [
    cells((c) => c.actual === positive && c.predicted === positive),
    cells((c) => c.actual !== positive && c.predicted === positive),
    cells((c) => c.actual === positive && c.predicted !== positive),
  ];
  const scored = members.filter(
    (r) => r.actual?.actual_label != null && r.event.prediction_score !== undefined,
  );
  const p = scored.map((row) => row.event.prediction_score ?? 0);
  const y = scored.map((row) => row.actual?.actual_label === positive);
  const { probabilities, errors } = performance;
  const labels = members.flatMap((row) => row.event.prediction_label ?? []);
  return {
    volume: members.length,
    accuracy: share(judged === 0 ? 0 : cells((c) => c.actual === c.predicted), judged),
    precision: isBinary ? share(tp, tp + fp) : null,
    recall: isBinary ? share(tp, tp + fn) : null,
    f1: isBinary ? share(2 * tp, 2 * tp + fp + fn) : null,
    log_loss: isBinary
      ? (logLoss(p, y) ?? null)
      : share(probabilities?.logLossSum ?? 0, probabilities?.n ?? 0),
    brier: isBinary ? (brierScore(p, y) ?? null) : share(probabilities?.brierSum ?? 0, probabilities?.n ?? 0),
    roc_auc: isBinary ? (aucSamples(p, y) ?? null) : null,
    mae: share(errors?.sumAbsolute ?? 0, errors?.n ?? 0),
    rmse: errors && errors.n > 0 ? Math.sqrt(errors.sumSquares / errors.n) : null,
    bias: share(errors?.sum ?? 0, errors?.n ?? 0),
    mean_score: share(
      scores.reduce((a, b) => a + b, 0),
      scores.length,
    ),
    positive_rate: isBinary
      ? share(labels.filter((label) => label === positive).length, labels.length)
      : null,
    label_rate: share(performance.labelled, members.length),
    unknown: null,
  };
}
