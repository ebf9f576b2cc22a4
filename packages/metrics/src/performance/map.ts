import { listMetric } from './list-metric.ts';

export const mapMetric = listMetric(
  'map',
  'MAP',
  'Mean over the relevant items of a list of the precision at their places; what is not among the first ten adds 0.',
);
