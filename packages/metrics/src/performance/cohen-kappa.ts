import { cohenKappa, cohenKappaError } from '@plumbline/stats';

import { confusionScore, withError } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

export const cohenKappaMetric = performanceMetric({
  metric: 'cohen_kappa',
  title: 'Cohen’s kappa',
  tasks: ['binary_classification', 'multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [-1, 1],
  exactness: 'exact',
  description:
    'Agreement of predicted and actual label beyond what their shares give by chance: 1 is perfect, 0 is chance.',
  scoreModel: (input) =>
    confusionScore(input, {
      matrix: (counts) => withError(cohenKappa(counts), cohenKappaError(counts), { min: -1, max: 1 }),
    }),
});
