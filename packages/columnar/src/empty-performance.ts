import type { PerformanceProfile } from '@plumbline/contracts';
import { noPlaces } from './class-places.ts';
import type { ColumnarModel } from './columnar.ts';
import { noRanking } from './ranking-groups.ts';

interface Shape {
  isClassification: boolean;
  isBinary: boolean;
  isScored: boolean;
  isRegression: boolean;
}

/** What the performance of a model is made of. */
export function shapeOf({ task, positiveLabel }: ColumnarModel): Shape {
  const isBinary = task === 'binary_classification';
  const isClassification = isBinary || task === 'multiclass_classification';
  return {
    isClassification,
    isBinary,
    isScored: isClassification && !(isBinary && positiveLabel === null),
    isRegression: task === 'regression',
  };
}

/** The performance of no events, in the shape of the model's task. */
export function emptyPerformance(model: ColumnarModel): PerformanceProfile {
  const shape = shapeOf(model);
  const performance: PerformanceProfile = { labelled: 0, delays: { bins: [], counts: [] } };
  if (shape.isClassification) performance.confusion = [];
  if (shape.isScored && shape.isBinary) {
    performance.scores = { n: 0, bins: [], logLossSum: 0, brierSum: 0 };
    performance.predictions = { bins: [], counts: [], scoreSums: [], positives: [] };
  }
  if (shape.isScored && !shape.isBinary) {
    performance.probabilities = { n: 0, logLossSum: 0, brierSum: 0, places: noPlaces() };
    performance.classes = { n: 0, classes: [] };
  }
  if (model.task === 'ranking') performance.ranking = noRanking();
  if (shape.isRegression)
    performance.errors = {
      n: 0,
      sum: 0,
      sumAbsolute: 0,
      sumSquares: 0,
      percentageN: 0,
      percentageSum: 0,
      actualMean: 0,
      actualM2: 0,
      m2: 0,
      absoluteM2: 0,
    };
  return performance;
}
