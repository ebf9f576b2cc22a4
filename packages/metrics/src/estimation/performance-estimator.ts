import type { Profile } from '@plumbline/contracts';
import type { ModelContext } from '../metric-descriptor.ts';
import { binaryEstimator } from './binary-estimator.ts';
import type { NoEstimator, PerformanceEstimator } from './estimator.ts';
import type { StoredLossEstimator } from './loss-estimator.ts';
import { lossPerformanceEstimator } from './loss-performance-estimator.ts';
import { multiclassEstimator } from './multiclass-estimator.ts';

/**
 * Learns from the labelled events of a reference how likely each class is behind a score, and how far each metric strays
 * by chance. A regression takes what was learnt from the rows of its reference (`learnt`), null until that is done.
 */
export function performanceEstimator(
  { task, positiveLabel }: ModelContext,
  reference: Profile | null,
  learnt: StoredLossEstimator | null = null,
): PerformanceEstimator | NoEstimator {
  const lacks = (reason: string): NoEstimator => ({ status: 'not_applicable', reason });
  if (task === 'ranking') return lacks('Rankings are not estimated.');
  if (!reference) return lacks('The model has no reference.');
  if (task === 'multiclass_classification') return multiclassEstimator(reference.performance);
  if (task === 'regression') return learnt ? lossPerformanceEstimator(learnt) : stillLearning;
  if (positiveLabel === null) return lacks('The model names no positive label.');
  return binaryEstimator(reference.performance, positiveLabel);
}

const stillLearning: NoEstimator = {
  status: 'learning',
  reason: 'What errors to expect is still being learnt from the reference.',
};
