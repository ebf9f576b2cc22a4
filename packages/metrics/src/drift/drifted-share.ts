import { datasetMetric } from './dataset-metric.ts';

export const driftedShareMetric = datasetMetric(
  {
    metric: 'drifted_share',
    title: 'Share of drifted features',
    measures: 'rate',
    unit: 'share',
    range: [0, 1],
    default_threshold: 0.5,
    description:
      'Features whose primary distance is beyond its default threshold and significant after Benjamini–Hochberg, among those that could be judged.',
  },
  ({ drifted_share: share }) => share,
);
