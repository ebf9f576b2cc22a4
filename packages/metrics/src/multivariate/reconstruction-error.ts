import { comparedMetric } from './compared-metric.ts';

export const reconstructionErrorMetric = comparedMetric(
  {
    metric: 'reconstruction_error',
    title: 'Multivariate drift (reconstruction error)',
    worse: 'either',
    unit: 'standard deviations',
    range: [0, null],
    default_threshold: null,
    min_n: 30,
    description:
      'Mean distance of the rows of a window from what the reference’s principal components make of them: it changes when features no longer go together as they did. Known once the window was compared.',
  },
  ({ reconstruction }) => ({
    measure: reconstruction,
    standardError: reconstruction.standard_error,
    pValue: null,
  }),
);
