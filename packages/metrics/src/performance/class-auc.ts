import { type ClassProfile, classBins, type Score } from '@plumbline/contracts';
import { delongError, histogramAuc, normalInterval } from '@plumbline/stats';
import type { ModelInput } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { classFloor, labelFloor } from './performance-metric.ts';

function sidesOf({ bins, labelled, actuals }: ClassProfile) {
  const positives = new Float64Array(classBins);
  const negatives = new Float64Array(classBins);
  bins.forEach((bin, i) => {
    positives[bin] = actuals[i] ?? 0;
    negatives[bin] = (labelled[i] ?? 0) - (actuals[i] ?? 0);
  });
  const total = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);
  return { positives, negatives, n1: total(positives), n0: total(negatives) };
}

/**
 * The mean of the classes' ROC AUC, each against the rest by its own probability, over the classes that occur. The classes
 * share their events, so the error of the mean is not known; it is at most the mean of the errors, which makes the
 * interval.
 */
export function classAuc({ current }: ModelInput): Score {
  const { classes } = current.performance;
  const sides = classes?.classes.map(sidesOf) ?? [];
  const n = Math.max(0, ...sides.map(({ n1, n0 }) => n1 + n0));
  const details = { n, exactness: 'binned' } as const;
  if (!classes) return withoutValue('not_applicable', details);
  const short = shortage(n, labelFloor);
  if (short) return withoutValue(short, details);
  const occurring = sides.filter(({ n1 }) => n1 > 0);
  if (occurring.some(({ n1, n0 }) => Math.min(n1, n0) < classFloor))
    return withoutValue('insufficient_data', details);
  const mean = (of: (auc: { value: number; errorBound: number; error: number }) => number) =>
    occurring.reduce((sum, { positives, negatives }) => {
      const auc = histogramAuc(positives, negatives) ?? { value: Number.NaN, errorBound: Number.NaN };
      return sum + of({ ...auc, error: delongError(positives, negatives) ?? Number.NaN });
    }, 0) / occurring.length;
  const value = mean((auc) => auc.value);
  const interval = normalInterval(
    value,
    mean(({ error }) => error),
    { min: 0, max: 1 },
  );
  return toScore(value, {
    ...details,
    errorBound: mean(({ errorBound }) => errorBound),
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
  });
}
