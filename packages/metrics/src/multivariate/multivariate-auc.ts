import { comparedMetric } from './compared-metric.ts';

export const multivariateAucMetric = comparedMetric(
  {
    metric: 'multivariate_auc',
    title: 'Multivariate drift (classifier AUC)',
    worse: 'higher',
    unit: '',
    range: [0, 1],
    default_threshold: 0.65,
    min_n: 100,
    description:
      'How well a classifier tells the rows of a window from those of the reference, by all features together: 0.5 when nothing differs, 1 when every row shows where it is from. Known once the window was compared.',
  },
  ({ classifier }) => ({ measure: classifier, standardError: null, pValue: classifier.p_value }),
);
