import type { PerformanceAnswer } from '@plumbline/contracts';
import { confusionValue, confusionValueGain, type OutcomeValues } from '@plumbline/stats';

type Sweep = NonNullable<PerformanceAnswer['threshold_sweep']>;

const inThousandths = (threshold: number) => Math.round(threshold * 1000);

function confusionOf(sweep: Sweep, index: number) {
  const tp = sweep.true_positives[index] ?? 0;
  const fp = sweep.false_positives[index] ?? 0;
  return { tp, fp, fn: sweep.positives - tp, tn: sweep.negatives - fp };
}

/** The confusion when every score of `threshold` or more is predicted positive. */
export function confusionAt(sweep: Sweep, threshold: number) {
  const wanted = inThousandths(threshold);
  const index = sweep.thresholds.findIndex((listed) => inThousandths(listed) >= wanted);
  return confusionOf(sweep, index < 0 ? sweep.thresholds.length - 1 : index);
}

/** `0,-5,-10,10`: what a true negative, a false positive, a false negative and a true positive are worth. */
export function parseOutcomeValues(text: string | undefined): OutcomeValues | null {
  const [tn, fp, fn, tp, ...more] = (text ?? '')
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (tn === undefined || fp === undefined || fn === undefined || tp === undefined || more.length > 0)
    return null;
  return [tn, fp, fn, tp].every(Number.isFinite) ? { tn, fp, fn, tp } : null;
}

export const outcomeValuesText = ({ tn, fp, fn, tp }: OutcomeValues) => [tn, fp, fn, tp].join(',');

export interface BestThreshold {
  threshold: number;
  /** Value of an event at it, with its interval. */
  value: ReturnType<typeof confusionValue>;
  /** How much more an event is worth at it than at the chosen threshold. */
  gain: ReturnType<typeof confusionValueGain>;
  /** Thresholds whose value is not told apart from the best by the interval of the difference. */
  alike: [from: number, to: number];
}

/** The threshold of the greatest value on these events; of several the lowest. */
export function bestThreshold(sweep: Sweep, worth: OutcomeValues, chosen: number): BestThreshold | null {
  const meanAt = (index: number) =>
    confusionValue(confusionOf(sweep, index), worth)?.mean ?? Number.NEGATIVE_INFINITY;
  const means = sweep.thresholds.map((_, index) => meanAt(index));
  const best = means.indexOf(Math.max(...means));
  const threshold = sweep.thresholds[best];
  if (threshold === undefined) return null;
  const confusion = confusionOf(sweep, best);
  const alike = sweep.thresholds.filter((_, index) => {
    const gain = confusionValueGain(confusionOf(sweep, index), confusion, worth);
    return gain !== undefined && gain.lower <= 0;
  });
  return {
    threshold,
    value: confusionValue(confusion, worth),
    gain: confusionValueGain(confusionAt(sweep, chosen), confusion, worth),
    alike: [alike[0] ?? threshold, alike.at(-1) ?? threshold],
  };
}
