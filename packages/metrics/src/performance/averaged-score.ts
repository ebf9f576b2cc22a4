import {
  type AveragedScores,
  averagedScoreErrors,
  type ConfusionMatrix,
  multiclassReport,
} from '@plumbline/stats';
import { withError } from './confusion-score.ts';

/** One-vs-rest scores of all classes, averaged: `macro` counts classes alike, `weighted` by how often they occur. */
export const averagedScore =
  (score: keyof AveragedScores, average: 'macro' | 'weighted') => (counts: ConfusionMatrix) =>
    withError(multiclassReport(counts)?.[average][score], averagedScoreErrors(counts)?.[average][score], {
      min: 0,
      max: 1,
    });
