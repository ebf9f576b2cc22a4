import { performanceMetric } from './performance-metric.ts';
import { probabilityScore } from './probability-score.ts';

export const logLossMetric = performanceMetric({
  metric: 'log_loss',
  title: 'Log loss',
  tasks: ['binary_classification', 'multiclass_classification'],
  measures: 'loss',
  worse: 'higher',
  unit: 'nats',
  range: [0, null],
  exactness: 'exact',
  description:
    'Mean negative log of the probability given to what happened. Punishes confident mistakes most.',
  scoreModel: (input) => probabilityScore(input, 'logLoss'),
});
