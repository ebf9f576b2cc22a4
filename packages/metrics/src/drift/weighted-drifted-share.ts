import { datasetMetric } from './dataset-metric.ts';

export const weightedDriftedShareMetric = datasetMetric(
  {
    metric: 'weighted_drifted_share',
    title: 'Share of drifted features, by importance',
    measures: 'rate',
    unit: 'share',
    range: [0, 1],
    default_threshold: 0.5,
    description:
      'The share of drifted features, each weighted by its mean absolute attribution in the reference (in the window, when the reference carries none).',
  },
  ({ weighted_share: share }) => share,
);
