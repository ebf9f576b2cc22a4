import { quadraticWeightedKappa } from '@plumbline/stats';
import { withoutValue } from '../to-score.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { confusionScore, withError } from './confusion-score.ts';
import { performanceMetric } from './performance-metric.ts';

/** Of labels that are all numbers; else undefined. */
function positionsOf(labels: readonly string[]): number[] | undefined {
  const positions = labels.map((label) => (label.trim() === '' ? Number.NaN : Number(label)));
  return positions.every(Number.isFinite) ? positions : undefined;
}

export const weightedKappaMetric = performanceMetric({
  metric: 'weighted_kappa',
  title: 'Quadratic-weighted kappa',
  tasks: ['multiclass_classification'],
  measures: 'score',
  worse: 'lower',
  unit: '',
  range: [-1, 1],
  exactness: 'exact',
  description:
    'Agreement beyond chance of ordered classes, a miss counting by its squared distance. For labels that are numbers.',
  scoreModel: (input) => {
    const { labels } = confusionMatrix(input.current.performance.confusion ?? [], input.context);
    const positions = positionsOf(labels);
    if (!positions)
      return withoutValue('not_applicable', { n: input.current.performance.labelled, exactness: 'exact' });
    return confusionScore(input, {
      matrix: (counts) => {
        const kappa = quadraticWeightedKappa(counts, positions);
        return withError(kappa?.value, kappa?.standardError, { min: -1, max: 1 });
      },
    });
  },
});
