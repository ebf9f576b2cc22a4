import type { DomainClassifier } from '@plumbline/contracts';
import { type FeatureColumn, pickRows } from '@plumbline/learn';
import { meanAndDeviation } from './mean-and-deviation.ts';
import { referenceWindows } from './reference-windows.ts';
import { type Learner, separate } from './separate.ts';

const leastRows = 100;
const leastAuc = 0.65;
const significance = 0.001;
const deviations = 3;
const mostReferenceWindows = 5;
const namedFeatures = 20;
const seed = 1;

/**
 * Domain classifier: learns to tell the window's rows from the reference's; its AUC on rows it was not trained on is 0.5
 * when nothing differs and 1 when every row shows where it is from. It drifted when the AUC is above the threshold and
 * p below 0.001.
 *
 * Any window can be told apart by what goes with time (the day of the month). So windows of the reference of the
 * same length, up to five, are told from the rest of the reference first: the threshold is their mean + 3 deviations,
 * at least 0.65 and at most 1; with fewer than three such windows it is 0.65. `referenceValues` of an earlier result for
 * the same reference and length spare that work. Yields after every tree.
 *
 * `insufficient_data` below 100 rows a side, `not_applicable` without columns.
 */
export function* domainClassifier(input: {
  reference: readonly FeatureColumn[];
  current: readonly FeatureColumn[];
  /** Prediction time of each reference row, epoch ms. */
  times: Float64Array;
  /** Length of the window. */
  windowMs: number;
  referenceValues?: readonly number[];
  /** Default `trees`. */
  learner?: Learner;
}): Generator<void, DomainClassifier> {
  const { reference, current, times, windowMs, referenceValues, learner = 'trees' } = input;
  const n = current[0]?.values.length ?? 0;
  const base = { n, n_reference: times.length, threshold_lower: null };
  const none = (status: DomainClassifier['status']): DomainClassifier => ({ ...noValue, ...base, status });
  if (reference.length === 0) return none('not_applicable');
  if (n === 0) return none('empty');
  if (Math.min(n, times.length) < leastRows) return none('insufficient_data');
  const ownValues = referenceValues
    ? [...referenceValues]
    : yield* windowsApart(reference, { times, windowMs, learner });
  const { mean, deviation } = meanAndDeviation(ownValues);
  const threshold = Math.max(leastAuc, Math.min(1, mean + deviations * deviation));
  const { auc, pValue, features } = yield* separate(reference, current, { seed, learner });
  return {
    ...base,
    value: auc,
    status: 'ok',
    threshold,
    threshold_from: ownValues.length > 0 ? 'reference_windows' : 'constant',
    reference_values: ownValues,
    drifted: auc > threshold && pValue < significance,
    p_value: pValue,
    features: features.slice(0, namedFeatures),
  };
}

const noValue: Omit<DomainClassifier, 'status' | 'n' | 'n_reference'> = {
  value: null,
  threshold_lower: null,
  threshold: null,
  threshold_from: 'constant',
  reference_values: [],
  drifted: false,
  p_value: null,
  features: [],
};

function* windowsApart(
  reference: readonly FeatureColumn[],
  { times, windowMs, learner }: { times: Float64Array; windowMs: number; learner: Learner },
): Generator<void, number[]> {
  const all = referenceWindows(times, windowMs);
  const step = Math.max(1, all.length / mostReferenceWindows);
  const values: number[] = [];
  for (let i = 0; i < all.length; i += step) {
    const inside = new Set(all[Math.floor(i)]);
    const outside = [...times.keys()].filter((row) => !inside.has(row));
    const apart = yield* separate(pickRows(reference, outside), pickRows(reference, [...inside]), {
      seed,
      learner,
    });
    values.push(apart.auc);
  }
  return values;
}
