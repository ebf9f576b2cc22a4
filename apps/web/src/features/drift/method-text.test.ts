import type { DriftAnswer } from '@plumbline/contracts';
import { describe, expect, test } from 'vitest';
import { datasetText, methodText } from './method-text.ts';
import { type DriftColumn, orderByImportance } from './order-by-drift.ts';

const column = (change: Partial<DriftColumn>, value: number | null = 0.25, method?: string): DriftColumn => ({
  column: 'distance',
  kind: 'numeric',
  role: 'feature',
  n_reference: 2400,
  n_current: 1200,
  primary: 'wasserstein_normed',
  drifted: true,
  metrics: [
    {
      metric: 'wasserstein_normed',
      ...(method === undefined ? {} : { method }),
      value,
      p_value: null,
      threshold: 0.1,
      drifted: true,
      status: value === null ? 'insufficient_data' : 'ok',
      exactness: 'binned',
      error_bound: null,
    },
  ],
  missing_rate: 0,
  missing_rate_reference: 0,
  ...change,
});

describe('how a verdict came about, in words', () => {
  test('names the distance, the limit, the test and both sizes', () => {
    expect(methodText(column({}), 'Wasserstein distance')).toBe(
      'Wasserstein distance: 0.250. A column has drifted when this is above 0.1 and the Kolmogorov–Smirnov test stays below p = 0.05 after Benjamini–Hochberg over the columns. 1,200 values now, 2,400 in the reference.',
    );
  });

  test('names the method of another library', () => {
    const text = methodText(column({}, 0.02, 'χ² test; drift when p < 0.05'), '');
    expect(text).toBe('χ² test; drift when p < 0.05: 0.0200 of 1,200 values now, 2,400 in the reference.');
  });

  test('says why there is no verdict', () => {
    const text = methodText(column({ n_current: 7 }, null), 'Wasserstein distance');
    expect(text).toBe('Not decided: insufficient data (7 values now, 2,400 in the reference).');
  });
});

describe('what moved, in words', () => {
  const dataset: DriftAnswer['dataset'] = {
    drifted_share: 0.25,
    drifted_columns: 1,
    columns: 4,
    drifted: false,
    weighted_share: 0.7,
    significant_columns: 1,
    importance_of: 'current',
    status: 'ok',
  };
  const lines = (change: Partial<DriftAnswer['dataset']>) =>
    datasetText({ dataset: { ...dataset, ...change } } as DriftAnswer);

  test('counts by number, by importance and by significance, and whose importance it is', () => {
    expect(lines({})).toEqual([
      '25\u00a0% of the features',
      '70\u00a0% by importance (mean absolute attribution in the window)',
      '1 differs by more than chance, however little (Benjamini–Hochberg)',
    ]);
  });

  test('leaves out what is not known', () => {
    expect(lines({ drifted_share: null, weighted_share: null, significant_columns: null })).toEqual([]);
  });
});

test('by importance, a small change of what matters goes before a large one of what does not', () => {
  const [small, large, label] = [
    column({ column: 'small', importance: 0.8 }, 0.2),
    column({ column: 'large', importance: 0.01 }, 0.9),
    column({ column: 'label', role: 'actual', importance: null }, 3),
  ];
  expect(orderByImportance([large, label, small]).map((row) => row.column)).toEqual([
    'small',
    'large',
    'label',
  ]);
});
