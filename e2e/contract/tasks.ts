import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, until } from './client.ts';

interface Performance {
  n_events: number;
  n_labelled: number;
  metrics: { metric: string; value: number | null; n: number; status: string }[];
  confusion_matrix: { labels: string[]; counts: number[][] } | null;
}

const at = '2001-02-01T06:00:00Z';
const window = { from: '2001-02-01T00:00:00Z', to: '2001-02-02T00:00:00Z' };
const classes = ['cat', 'dog', 'owl'] as const;

/** 60 predicted and true numbers, none of the truths zero. */
const numbers = Array.from({ length: 60 }, (_, i) => ({
  predicted: 10 + (i % 7) * 1.5,
  actual: 8 + (i % 11),
}));
/** 90 predicted and true classes with the probability of each. */
const animals = Array.from({ length: 90 }, (_, i) => {
  const predicted = i % 3;
  const scores = classes.map((_name, k) => (k === predicted ? 0.6 : 0.2));
  return {
    predicted: classes[predicted] ?? 'cat',
    actual: classes[i % 5 === 0 ? (i + 1) % 3 : i % 3] ?? 'cat',
    scores,
  };
});

export function tasksContract(client: () => Client): void {
  const measure = (slug: string, n: number) =>
    until(
      () => client().get<Performance>(`/v1/models/${slug}/performance`, window),
      ({ n_labelled }) => n_labelled === n,
    );
  const expectMetrics = ({ metrics }: Performance, expected: Record<string, number>) => {
    for (const [name, value] of Object.entries(expected)) {
      const found = metrics.find(({ metric }) => metric === name);
      expect(found, name).toMatchObject({ status: 'ok' });
      expect(found?.value, name).toBeCloseTo(value, 6);
    }
  };

  describe('performance of the other tasks', () => {
    beforeAll(async () => {
      await client().send('PUT', '/v1/models/numbers', { task: 'regression' });
      await client().send('POST', '/v1/models/numbers/events', {
        events: numbers.map(({ predicted, actual }, i) => ({
          prediction_id: `n-${i}`,
          prediction_timestamp: at,
          prediction_score: predicted,
          actual_score: actual,
        })),
      });
      await client().send('PUT', '/v1/models/animals', { task: 'multiclass_classification' });
      await client().send('POST', '/v1/models/animals/events', {
        events: animals.map(({ predicted, scores }, i) => ({
          prediction_id: `a-${i}`,
          prediction_timestamp: at,
          prediction_label: predicted,
          prediction_scores: Object.fromEntries(classes.map((name, k) => [name, scores[k]])),
        })),
      });
      await client().send('POST', '/v1/models/animals/actuals', {
        actuals: animals.map(({ actual }, i) => ({ prediction_id: `a-${i}`, actual_label: actual })),
      });
    });

    test('regression', async () => {
      const errors = numbers.map(({ predicted, actual }) => predicted - actual);
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const centre = mean(numbers.map(({ actual }) => actual));
      const report = await measure('numbers', 60);
      expectMetrics(report, {
        mae: mean(errors.map(Math.abs)),
        rmse: Math.sqrt(mean(errors.map((error) => error ** 2))),
        bias: mean(errors),
        r2:
          1 -
          mean(errors.map((error) => error ** 2)) / mean(numbers.map(({ actual }) => (actual - centre) ** 2)),
      });
      const mape = report.metrics.find(({ metric }) => metric === 'mape')?.value ?? 0;
      const share = mean(numbers.map(({ actual }, i) => Math.abs((errors[i] ?? 0) / actual)));
      expect([share, share * 100].some((value) => Math.abs(value - mape) < 1e-6)).toBe(true);
      expect(report.confusion_matrix ?? null).toBeNull();
    });

    test('multiclass: accuracy, log loss and confusion matrix of rows actual, columns predicted', async () => {
      const report = await measure('animals', 90);
      const hits = animals.filter(({ predicted, actual }) => predicted === actual).length;
      expectMetrics(report, { accuracy: hits / 90 });
      const { labels = [], counts = [] } = report.confusion_matrix ?? {};
      expect([...labels].sort()).toEqual([...classes]);
      for (const [row, actual] of labels.entries()) {
        for (const [column, predicted] of labels.entries()) {
          const n = animals.filter((one) => one.actual === actual && one.predicted === predicted).length;
          expect(counts[row]?.[column]).toBe(n);
        }
      }
      const logLoss = report.metrics.find(({ metric }) => metric === 'log_loss');
      if (logLoss?.status === 'ok') {
        const expected =
          animals.reduce(
            (sum, { actual, scores }) => sum - Math.log(scores[classes.indexOf(actual)] ?? 0),
            0,
          ) / 90;
        expect(logLoss.value).toBeCloseTo(expected, 6);
      }
    });

    test('binary with a negative label nobody named: right and wrong are judged by the positive label', async () => {
      const slug = '/v1/models/unnamed-negative';
      await client().send('PUT', slug, {
        task: 'binary_classification',
        positive_label: 'late',
        decision_threshold: 0.5,
      });
      await client().send('POST', `${slug}/events`, {
        events: Array.from({ length: 40 }, (_, i) => ({
          prediction_id: `u-${i}`,
          prediction_timestamp: at,
          prediction_score: i < 20 ? 0.1 : 0.9,
        })),
      });
      await client().send('POST', `${slug}/actuals`, {
        actuals: Array.from({ length: 40 }, (_, i) => ({
          prediction_id: `u-${i}`,
          actual_label: (i % 10 === 0) === i < 20 ? 'late' : 'on_time',
        })),
      });
      const report = await measure('unnamed-negative', 40);
      expectMetrics(report, { accuracy: 0.9, precision: 0.9, recall: 0.9, f1: 0.9 });
      expect(report.confusion_matrix).toMatchObject({ tp: 18, fp: 2, fn: 2, tn: 18 });
      expect(
        report.confusion_matrix?.counts
          .flat()
          .filter((n) => n > 0)
          .sort(),
      ).toEqual([18, 18, 2, 2]);
      expect(report.confusion_matrix?.labels).toHaveLength(2);
    });
  });
}
