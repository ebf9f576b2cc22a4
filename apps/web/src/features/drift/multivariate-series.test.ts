import type { MultivariateAnswer, MultivariateWindow } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { multivariateSeries } from './multivariate-series.ts';
import {
  embeddingTexts,
  isDrifted,
  rowsText,
  separatedBy,
  textTexts,
  thresholdText,
  valueText,
  verdict,
} from './multivariate-text.ts';

const measure = {
  value: 0.7,
  status: 'ok',
  n: 500,
  n_reference: 900,
  threshold_lower: null,
  threshold: 0.65,
  threshold_from: 'constant',
  reference_values: [],
  drifted: true,
} as const;
const result: NonNullable<MultivariateWindow['result']> = {
  rows: 500,
  reference_rows: 900,
  classifier: {
    ...measure,
    reference_values: [],
    p_value: 0,
    features: ['a', 'b', 'c', 'd'].map((column) => ({ column, share: 0.25 })),
  },
  reconstruction: {
    ...measure,
    reference_values: [],
    threshold_lower: 0.4,
    drifted: false,
    standard_error: 0.1,
    columns: 3,
    components: 2,
    explained_variance: 0.7,
    left_out: [],
  },
  embeddings: [],
  texts: [],
};
const compared = (
  from: string,
  to: string,
  change: Partial<MultivariateWindow> = {},
): MultivariateWindow => ({
  id: from + to,
  window: { from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` },
  environment: 'production',
  source: 'schedule',
  state: 'done',
  progress: 1,
  detail: null,
  requested_at: from,
  finished_at: to,
  result,
  ...change,
});
const answer: MultivariateAnswer = {
  reference: { rows: 900, created_at: '2001-01-01T00:00:00.000Z' },
  windows: [
    compared('2001-02-19', '2001-02-26', { state: 'waiting', result: null }),
    compared('2001-02-12', '2001-02-19'),
    compared('2001-02-06', '2001-02-07'),
    compared('2001-02-05', '2001-02-12'),
  ],
};

test('a series holds the compared weeks in order of time, with their own thresholds', () => {
  const { points, granularity } = multivariateSeries(answer, 'classifier', 'week');
  expect(granularity).toBe('week');
  expect(points.map((point) => point.window_start.slice(0, 10))).toEqual(['2001-02-05', '2001-02-12']);
  expect(points[0]).toMatchObject({ value: 0.7, threshold: 0.65, lower: null, n: 500, status: 'ok' });
});

test('a series of days holds the days alone', () => {
  const { points, granularity } = multivariateSeries(answer, 'classifier', 'day');
  expect(granularity).toBe('day');
  expect(points.map((point) => point.window_start.slice(0, 10))).toEqual(['2001-02-06']);
});

test('the reconstruction error has a 95 % interval', () => {
  const [point] = multivariateSeries(answer, 'reconstruction', 'week').points;
  expect(point?.lower).toBeCloseTo(0.504, 3);
  expect(point?.upper).toBeCloseTo(0.896, 3);
});

test('texts say the thresholds, the rows drawn and what separates, or why there is no value', () => {
  expect([valueText(result.classifier), thresholdText(result.classifier)]).toEqual([
    '0.700',
    'threshold 0.65',
  ]);
  expect(thresholdText(result.reconstruction)).toBe('threshold 0.4 to 0.65');
  const none = { ...result.classifier, value: null, status: 'insufficient_data' } as const;
  expect([valueText(none), thresholdText(none)]).toEqual(['insufficient data', '']);
  expect(separatedBy(result).split(', ')).toHaveLength(3);
  expect(separatedBy({ ...result, classifier: { ...result.classifier, drifted: false } })).toBe('');
  expect(rowsText(result)).toBe('500 with 900');
  expect(rowsText({ ...result, rows: 30_000 })).toBe('500 with 900, of 30,000 and 900');
});

test('an embedding counts as drift by its classifier, and its text says how far the mean turned', () => {
  const stable = { ...result.classifier, drifted: false, value: 0.5 };
  const picture = {
    name: 'picture',
    dimensions: 8,
    n: 300,
    n_reference: 1000,
    left_out: 0,
    status: 'ok' as const,
    centroid_distance: 0.125,
    centroid_p_value: 0.005,
    classifier: stable,
  };
  const quiet = { ...result, classifier: stable, embeddings: [picture] };
  expect(embeddingTexts(quiet)).toEqual([
    'picture: AUC 0.500 (threshold 0.65), centroid distance 0.125; 300 with 1,000 vectors',
  ]);
  expect(isDrifted(quiet)).toBe(false);
  expect(isDrifted({ ...quiet, embeddings: [{ ...picture, classifier: result.classifier }] })).toBe(true);
});

test('a text column says what changed of its texts, that nothing did, or why that is not known', () => {
  const words = {
    descriptor: 'mean_word_length',
    status: 'ok' as const,
    value: 0.4,
    p_value: 0.001,
    adjusted_p: 0.006,
    mean: 6.5,
    mean_reference: 4.25,
    drifted: true,
  };
  const text = { column: 'remark', n: 200, n_reference: 900, status: 'ok' as const, drifted: true };
  const of = (...texts: (typeof result)['texts']) => textTexts({ ...result, texts });
  expect(of({ ...text, descriptors: [words, { ...words, drifted: false }] })).toEqual([
    'remark: mean word length 6.50 (reference 4.25); 200 with 900 texts',
  ]);
  expect(of({ ...text, drifted: false, descriptors: [] })).toEqual(['remark: stable; 200 with 900 texts']);
  expect(of({ ...text, status: 'empty', n: 0, descriptors: [] })).toEqual([
    'remark: empty; 0 with 900 texts',
  ]);
});

test.each([
  ['either method', {}, 'Drifted'],
  ['a failure', { state: 'failed' as const }, 'failed'],
  ['a comparison under way', { state: 'running' as const }, 'comparing'],
])('the status names %s', (_, change, text) => {
  expect(verdict(compared('2001-02-05', '2001-02-12', change)).text).toBe(text);
});
