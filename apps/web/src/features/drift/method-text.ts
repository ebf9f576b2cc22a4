import type { DriftAnswer } from '@plumbline/contracts';
import { formatCount, formatNumber, formatShare, formatShort } from '../../format-number.ts';
import { type DriftColumn, primaryMetric } from './order-by-drift.ts';

export const rulesTitle: Record<DriftAnswer['profile'], string> = {
  plumbline: 'Plumbline',
  evidently: 'as Evidently decides',
  nannyml: 'as NannyML decides',
};

const tests: Record<string, string> = {
  wasserstein_normed: 'the Kolmogorov–Smirnov test',
  js_distance: 'the χ² test',
};

/** How it was decided whether a column drifted, from how many values. */
export function methodText(column: DriftColumn, title: string): string {
  const metric = primaryMetric(column);
  const sizes = `${formatCount(column.n_current)} values now, ${formatCount(column.n_reference)} in the reference`;
  if (!metric || metric.value === null) {
    const why = (metric?.status ?? 'not computed').replaceAll('_', ' ');
    return `Not decided: ${why} (${sizes}).`;
  }
  if (metric.method) return `${metric.method}: ${formatNumber(metric.value)} of ${sizes}.`;
  const test = tests[column.primary] ?? 'its test';
  return `${title}: ${formatNumber(metric.value)}. A column has drifted when this is above ${formatShort(metric.threshold)} and ${test} stays below p = 0.05 after Benjamini–Hochberg over the columns. ${sizes}.`;
}

/** What moved, counted in each of the ways the answer has. */
export function datasetText({ dataset }: DriftAnswer): string[] {
  const { drifted_share: share, weighted_share: weighted, significant_columns: significant } = dataset;
  return [
    ...(share === null ? [] : [`${formatShare(share)} of the features`]),
    ...(weighted === null
      ? []
      : [
          `${formatShare(weighted)} by importance (mean absolute attribution in the ${dataset.importance_of === 'current' ? 'window' : 'reference'})`,
        ]),
    ...(significant === null
      ? []
      : [
          `${formatCount(significant)} differ${significant === 1 ? 's' : ''} by more than chance, however little (Benjamini–Hochberg)`,
        ]),
  ];
}
