import { type ClassProfile, classBins, type Score } from '@plumbline/contracts';
import { delongError, histogramAuc, normalInterval } from '@plumbline/stats';
import type { ModelInput } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { classFloor, labelFloor } from './performance-metric.ts';

/** Two sides by the probability of one class, and what their area counts in the mean. */
interface Sides {
  positives: Float64Array;
  negatives: Float64Array;
  weight: number;
}

const totalOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

function histogramOf({ bins, counts }: { bins: readonly number[]; counts: readonly number[] }): Float64Array {
  const histogram = new Float64Array(classBins);
  for (const [i, bin] of bins.entries()) histogram[bin] = counts[i] ?? 0;
  return histogram;
}

const positivesOf = ({ bins, actuals }: ClassProfile) => histogramOf({ bins, counts: actuals });

/** A class against all others. */
function againstRest(profile: ClassProfile, weight: number): Sides {
  const { bins, labelled, actuals } = profile;
  const counts = labelled.map((count, i) => count - (actuals[i] ?? 0));
  return { positives: positivesOf(profile), negatives: histogramOf({ bins, counts }), weight };
}

/** Each class against the rest. */
const classesAgainstRest = (occurring: readonly ClassProfile[]): Sides[] =>
  occurring.map((profile) => againstRest(profile, 1));

/** Each class against the rest, counted by its events. */
export const classesByFrequency = (occurring: readonly ClassProfile[]): Sides[] =>
  occurring.map((profile) => againstRest(profile, totalOf(profile.actuals)));

/** Each class against every other one, by the probability of the former: both directions of a pair count alike. */
export const classPairs = (occurring: readonly ClassProfile[]): Sides[] =>
  occurring.flatMap((profile) =>
    profile.rivals
      .filter(({ label }) => occurring.some((other) => other.label === label))
      .map((rival) => ({ positives: positivesOf(profile), negatives: histogramOf(rival), weight: 1 })),
  );

/**
 * A weighted mean of areas under the ROC curve over the classes that occur. The areas share their events, so the error
 * of the mean is not known; it is at most the mean of the errors, which makes the interval.
 */
export function classAuc(
  { current }: ModelInput,
  sidesOf: (occurring: readonly ClassProfile[]) => Sides[] = classesAgainstRest,
): Score {
  const { classes } = current.performance;
  const n = Math.max(0, ...(classes?.classes.map(({ labelled }) => totalOf(labelled)) ?? []));
  const details = { n, exactness: 'binned' } as const;
  if (!classes) return withoutValue('not_applicable', details);
  const short = shortage(n, labelFloor);
  if (short) return withoutValue(short, details);
  const occurring = classes.classes.filter(({ actuals }) => totalOf(actuals) > 0);
  const isRare = ({ labelled, actuals }: ClassProfile) =>
    Math.min(totalOf(actuals), totalOf(labelled) - totalOf(actuals)) < classFloor;
  const sides = sidesOf(occurring);
  if (occurring.some(isRare)) return withoutValue('insufficient_data', details);
  if (sides.length === 0) return withoutValue('degenerate', details);
  const areas = sides.map(({ positives, negatives, weight }) => {
    const auc = histogramAuc(positives, negatives) ?? { value: Number.NaN, errorBound: Number.NaN };
    return { ...auc, weight, error: delongError(positives, negatives) ?? Number.NaN };
  });
  const weights = totalOf(areas.map(({ weight }) => weight));
  const mean = (of: (area: (typeof areas)[number]) => number) =>
    areas.reduce((sum, area) => sum + of(area) * area.weight, 0) / weights;
  const value = mean((area) => area.value);
  const error = mean((area) => area.error);
  const interval = normalInterval(value, error, { min: 0, max: 1 });
  return toScore(value, {
    ...details,
    errorBound: mean((area) => area.errorBound),
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
  });
}
