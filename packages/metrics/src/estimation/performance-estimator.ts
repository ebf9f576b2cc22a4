import type { Profile } from '@plumbline/contracts';
import type { ModelContext } from '../metric-descriptor.ts';
import { binaryEstimator } from './binary-estimator.ts';
import type { NoEstimator, PerformanceEstimator } from './estimator.ts';
import { multiclassEstimator } from './multiclass-estimator.ts';

/**
 * Learns from the labelled events of a reference how likely each class is behind a score, and how far each metric strays
 * by chance.
 */
export function performanceEstimator(
  { task, positiveLabel }: ModelContext,
  reference: Profile | null,
): PerformanceEstimator | NoEstimator {
  const lacks = (reason: string): NoEstimator => ({ status: 'not_applicable', reason });
  if (task !== 'binary_classification' && task !== 'multiclass_classification')
    return lacks('Only classification is estimated.');
  if (!reference) return lacks('The model has no reference.');
  if (task === 'multiclass_classification') return multiclassEstimator(reference.performance);
  if (positiveLabel === null) return lacks('The model names no positive label.');
  return binaryEstimator(reference.performance, positiveLabel);
}
