import { datasetMetric } from './dataset-metric.ts';

export const significantColumnsMetric = datasetMetric(
  {
    metric: 'significant_columns',
    title: 'Features that changed significantly',
    measures: 'count',
    unit: 'features',
    range: [0, null],
    default_threshold: null,
    description:
      'Features whose test against the reference has a p-value below 0.05 after Benjamini–Hochberg, however small the change. On many rows nearly all of them do.',
  },
  ({ significant_columns: columns }) => columns,
);
