import type { PerformanceProfile, Task } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { profileBinary, profileErrors, profileOf } from '../profile-fixture.ts';
import { type RandomNumbers, randomNumbers } from '../random-fixture.ts';
import { findMetric } from '../registry.ts';

const runs = 1500;
const rows = 600;
const population = 400_000;

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** Scores that are too sure of themselves, so that no metric has an easy value. */
function binary({ uniform, normal }: RandomNumbers, n: number): PerformanceProfile {
  return profileBinary(
    Array.from({ length: n }, () => {
      const x = 1.3 * normal();
      return { score: logistic(1.3 * x - 0.2), isPositive: uniform() < logistic(x - 0.3) };
    }),
  );
}

const classes = ['1', '2', '3'];

function multiclass({ uniform }: RandomNumbers, n: number): PerformanceProfile {
  const cells = new Map<string, { actual: string; predicted: string; count: number }>();
  for (let i = 0; i < n; i++) {
    const actual = Math.floor(uniform() ** 1.4 * 3);
    const predicted = uniform() < 0.65 ? actual : Math.floor(uniform() * 3);
    const key = `${actual}${predicted}`;
    const cell = cells.get(key) ?? {
      actual: classes[actual] ?? '',
      predicted: classes[predicted] ?? '',
      count: 0,
    };
    cell.count += 1;
    cells.set(key, cell);
  }
  return { labelled: n, confusion: [...cells.values()] };
}

function regression({ normal }: RandomNumbers, n: number): PerformanceProfile {
  const pairs = Array.from({ length: n }, () => {
    const actual = 20 + 4 * normal();
    return { actual, prediction: 4 + 0.82 * actual + 2 * normal() };
  });
  return { labelled: n, errors: profileErrors(pairs) };
}

const worlds: [Task, (random: RandomNumbers, n: number) => PerformanceProfile, string[]][] = [
  [
    'binary_classification',
    binary,
    [
      ...['accuracy', 'precision', 'recall', 'f1', 'specificity', 'balanced_accuracy', 'mcc', 'cohen_kappa'],
      ...['false_positive_rate', 'false_negative_rate', 'negative_predictive_value', 'youden_j', 'ks_score'],
      ...['roc_auc', 'average_precision', 'log_loss', 'brier', 'ece'],
      ...['top_decile_precision', 'top_decile_lift'],
    ],
  ],
  [
    'multiclass_classification',
    multiclass,
    [
      'accuracy',
      'precision',
      'recall',
      'f1',
      'weighted_precision',
      'weighted_f1',
      'mcc',
      'cohen_kappa',
      'weighted_kappa',
    ],
  ],
  [
    'regression',
    regression,
    [
      ...['mae', 'rmse', 'bias', 'r2', 'mape', 'wape', 'smape'],
      ...['median_absolute_error', 'p90_absolute_error', 'rmsle', 'explained_variance'],
    ],
  ],
];

/** The best threshold of a sample flatters it; ends between two bins make an interval a little too wide. */
const otherCoverage = new Map([
  ['ks_score', { least: 0.91, most: 0.97 }],
  ['median_absolute_error', { least: 0.93, most: 0.98 }],
]);

describe.each(worlds)('95 % intervals of %s', (task, world, names) => {
  const scorer = (name: string) => {
    const score = findMetric(name)?.scoreModel;
    if (!score) throw new Error(`no metric ${name}`);
    const context = { task, positiveLabel: task === 'binary_classification' ? 'late' : null };
    return (performance: PerformanceProfile) =>
      score({ context, current: profileOf(performance.labelled, {}, performance), reference: null });
  };
  const truth = world(randomNumbers(1), population);
  const random = randomNumbers(2);
  const drawn = Array.from({ length: runs }, () => world(random, rows));

  it.each(names)('of %s hold the true value as often as they say', (name) => {
    const score = scorer(name);
    const { value } = score(truth);
    const held = drawn.filter((performance) => {
      const { lower, upper } = score(performance);
      return (lower ?? Number.NaN) <= (value ?? 0) && (value ?? 0) <= (upper ?? Number.NaN);
    });
    const { least, most } = otherCoverage.get(name) ?? { least: 0.93, most: 0.97 };
    expect(held.length / runs).toBeGreaterThan(least);
    expect(held.length / runs).toBeLessThan(most);
  });
});
