import { describe, expect, it } from 'vitest';
import { performanceReport } from './performance-report.ts';
import { profileBinary, profileErrors, profileOf } from './profile-fixture.ts';

const positives = [false, false, true, true, false, true, false, true, true, false, true, false];
const scores = [0.1, 0.4, 0.35, 0.8, 0.2, 0.9, 0.6, 0.7, 0.55, 0.3, 0.4, 0.05];
const twentyTimes = Array.from({ length: 20 }, () =>
  scores.map((score, i) => ({ score, isPositive: positives[i] ?? false })),
).flat();
const binary = { task: 'binary_classification', positiveLabel: 'late' } as const;

function report(input: Omit<Parameters<typeof performanceReport>[0], 'reference'>) {
  const answer = performanceReport({ ...input, reference: null });
  return { answer, metric: (name: string) => answer.metrics.find(({ metric }) => metric === name) };
}

describe('performanceReport of a binary classifier', () => {
  const { answer, metric } = report({
    context: binary,
    current: profileOf(480, {}, profileBinary(twentyTimes)),
  });

  it.each([
    ['accuracy', 0.75],
    ['precision', 0.8],
    ['recall', 0.6666667],
    ['f1', 0.7272727],
    ['specificity', 0.8333333],
    ['false_positive_rate', 1 / 6],
    ['false_negative_rate', 1 / 3],
    ['negative_predictive_value', 5 / 7],
    ['balanced_accuracy', 0.75],
    ['youden_j', 0.5],
    ['ks_score', 0.6666667],
    ['top_decile_precision', 1],
    ['top_decile_lift', 2],
    ['mcc', 0.5070926],
    ['cohen_kappa', 0.5],
    ['roc_auc', 0.875],
    ['average_precision', 0.877381],
    ['log_loss', 0.4510598],
    ['brier', 0.1489583],
    ['ece', 0.2125],
    ['label_coverage', 0.5],
  ])('gives the %s that scikit-learn gives', (name, value) => {
    expect(metric(name)?.status).toBe('ok');
    expect(metric(name)?.value).toBeCloseTo(value, 6);
  });

  it('puts every value inside its interval, but for a precision of 1', () => {
    for (const { metric: name, value, lower, upper } of answer.metrics) {
      if (name === 'top_decile_precision') continue;
      expect(lower, name).toBeLessThan(value ?? Number.NaN);
      expect(upper, name).toBeGreaterThan(value ?? Number.NaN);
    }
  });

  it('counts the confusion of the positive label beside the matrix', () => {
    expect(answer.confusion_matrix).toEqual({
      labels: ['late', 'on_time'],
      counts: [
        [80, 40],
        [20, 100],
      ],
      tp: 80,
      fn: 40,
      fp: 20,
      tn: 100,
    });
  });

  it('takes every label but the positive one for the negative, also one that had no name when it was stored', () => {
    const confusion = [
      { actual: 'late', predicted: 'late', count: 18 },
      { actual: 'late', predicted: 'other', count: 2 },
      { actual: 'on_time', predicted: 'late', count: 2 },
      { actual: 'on_time', predicted: 'other', count: 10 },
      { actual: 'on_time', predicted: 'on_time', count: 8 },
    ];
    const unnamed = report({ context: binary, current: profileOf(40, {}, { labelled: 40, confusion }) });
    expect(unnamed.metric('accuracy')?.value).toBeCloseTo(36 / 40, 12);
    expect(unnamed.answer.confusion_matrix).toMatchObject({
      labels: ['late', 'on_time'],
      counts: [
        [18, 2],
        [2, 18],
      ],
      tn: 18,
    });
  });

  it('says what every threshold finds, up to one that finds nothing', () => {
    const { threshold_sweep: sweep } = answer;
    const at = sweep?.thresholds.indexOf(0.55) ?? -1;
    expect([sweep?.true_positives[at], sweep?.false_positives[at]]).toEqual([80, 20]);
    expect([sweep?.true_positives[0], sweep?.false_positives[0]]).toEqual([
      sweep?.positives,
      sweep?.negatives,
    ]);
    expect([sweep?.thresholds.at(-1), sweep?.true_positives.at(-1), sweep?.false_positives.at(-1)]).toEqual([
      1, 0, 0,
    ]);
  });

  it('says how far each metric moved, by more than chance or not', () => {
    const sixty = profileOf(60, {}, profileBinary(twentyTimes.slice(0, 60)));
    const worse = profileOf(
      600,
      {},
      profileBinary(
        Array.from({ length: 50 }, () => twentyTimes.slice(0, 12))
          .flat()
          .map(({ score, isPositive }, i) => ({ score, isPositive: i % 5 === 0 ? !isPositive : isPositive })),
      ),
    );
    const comparedWith = (reference: typeof worse) =>
      performanceReport({
        context: binary,
        current: profileOf(240, {}, profileBinary(twentyTimes)),
        reference,
      }).metrics.find(({ metric: name }) => name === 'accuracy')?.compared;
    const fewer = comparedWith(sixty);
    expect(fewer).toMatchObject({ value: 0.75, n: 60, status: 'ok', change: 0 });
    expect(fewer?.change_lower).toBeLessThan(0);
    expect(fewer?.change_upper).toBeGreaterThan(0);
    const better = comparedWith(worse);
    expect(better?.change).toBeCloseTo(0.75 - (better?.value ?? 0), 12);
    expect(better?.change_lower).toBeGreaterThan(0);
    expect(comparedWith(profileOf(10))).toMatchObject({ value: null, status: 'empty', change: null });
    expect(answer.metrics.every(({ compared }) => compared === null)).toBe(true);
  });

  it('finds half of the positives in the quarter with the highest scores', () => {
    expect(answer.curves.gains?.find(({ y }) => y === 0.5)?.x).toBeCloseTo(0.25, 12);
  });

  it('counts events and labels', () => {
    expect(answer).toMatchObject({ n_events: 480, n_labelled: 240, label_coverage: 0.5 });
  });

  it('draws curves from (0, 0) to (1, 1) with at most 200 points', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({
      score: (i + 0.5) / 5000,
      isPositive: i % 3 === 0,
    }));
    const { curves } = report({ context: binary, current: profileOf(5000, {}, profileBinary(many)) }).answer;
    expect(curves.roc).toHaveLength(200);
    expect(curves.roc?.[0]).toEqual({ x: 0, y: 0 });
    expect(curves.roc?.at(-1)).toEqual({ x: 1, y: 1 });
    expect(curves.pr?.length).toBeLessThanOrEqual(200);
    expect(curves.gains?.[0]).toEqual({ x: 0, y: 0 });
    expect(curves.gains?.at(-1)).toEqual({ x: 1, y: 1 });
    expect(curves.calibration).toHaveLength(10);
  });
});

describe('performanceReport without enough labels', () => {
  it('has no curves, no matrix and no values', () => {
    const { answer } = report({ context: binary, current: profileOf(1000) });
    expect(answer.confusion_matrix).toBeNull();
    expect(answer.curves).toEqual({ roc: null, pr: null, gains: null, calibration: null });
    expect(answer.threshold_sweep).toBeNull();
    expect(answer.metrics.filter(({ status }) => status === 'ok').map(({ metric }) => metric)).toEqual([
      'label_coverage',
    ]);
  });

  it('does not speak of a class with fewer than 10 rows', () => {
    const rare = Array.from({ length: 100 }, (_, i) => ({ score: 0.5 + i / 1000, isPositive: i < 9 }));
    const { metric } = report({ context: binary, current: profileOf(100, {}, profileBinary(rare)) });
    for (const name of ['precision', 'recall', 'f1', 'roc_auc', 'average_precision']) {
      expect(metric(name), name).toMatchObject({ value: null, status: 'insufficient_data' });
    }
    expect(metric('accuracy')?.status).toBe('ok');
  });
});

describe('performanceReport of other tasks', () => {
  it('gives macro averages of more than two classes', () => {
    const actual = ['0', '1', '2', '2', '1', '0', '2', '1'];
    const predicted = ['0', '2', '2', '2', '1', '0', '1', '1'];
    const confusion = actual.map((label, i) => ({ actual: label, predicted: predicted[i] ?? '', count: 10 }));
    const { answer, metric } = report({
      context: { task: 'multiclass_classification', positiveLabel: null },
      current: profileOf(80, {}, { labelled: 80, confusion }),
    });
    expect(metric('accuracy')?.value).toBeCloseTo(0.75, 9);
    expect(metric('f1')?.value).toBeCloseTo(0.7777778, 6);
    expect(metric('weighted_f1')?.value).toBeCloseTo(0.75, 6);
    expect(metric('mcc')?.value).toBeCloseTo(0.6190476, 6);
    expect(metric('cohen_kappa')?.value).toBeCloseTo(0.6190476, 6);
    expect(metric('weighted_kappa')?.value).toBeCloseTo(0.7948718, 6);
    expect(metric('roc_auc')).toMatchObject({ value: null, status: 'not_applicable' });
    expect(answer.confusion_matrix?.counts[2]).toEqual([0, 10, 20]);
    expect(answer.confusion_matrix).not.toHaveProperty('tp');
  });

  it('gives the errors of a regression', () => {
    const actual = [3, -0.5, 2, 7];
    const predictions = [2.5, 0, 2, 8];
    const rows = Array.from({ length: 40 }, (_, i) => ({
      prediction: predictions[i % 4] ?? 0,
      actual: actual[i % 4] ?? 0,
    }));
    const { answer, metric } = report({
      context: { task: 'regression', positiveLabel: null },
      current: profileOf(40, {}, { labelled: 40, errors: profileErrors(rows) }),
    });
    expect(metric('mae')?.value).toBeCloseTo(0.5, 9);
    expect(metric('rmse')?.value).toBeCloseTo(0.6123724, 6);
    expect(metric('bias')?.value).toBeCloseTo(0.25, 9);
    expect(metric('r2')?.value).toBeCloseTo(0.9486081, 6);
    expect(metric('mape')?.value).toBeCloseTo(0.327381, 6);
    expect(metric('wape')?.value).toBeCloseTo(0.16, 9);
    expect(metric('smape')?.value).toBeCloseTo(0.5787879, 6);
    expect(metric('explained_variance')?.value).toBeCloseTo(0.9571734, 6);
    expect(metric('median_absolute_error')?.value).toBeCloseTo(0.5, 1);
    expect(metric('max_error')).toMatchObject({ value: 1, lower: null, upper: null });
    expect(metric('rmsle')).toMatchObject({ value: null, status: 'not_applicable' });
    for (const { metric: name, lower, upper } of answer.metrics)
      if (name !== 'max_error' && name !== 'rmsle') expect([name, lower, upper]).not.toContain(null);
    expect(metric('mae')?.lower).toBeCloseTo(0.5 - 1.959964 * Math.sqrt((0.125 * (40 / 39)) / 40), 5);
  });
});
