import type { PerformanceAnswer } from '@plumbline/contracts';
import { confusionValue, type OutcomeValues } from '@plumbline/stats';

type ExpectedConfusion = NonNullable<PerformanceAnswer['estimation']['expected_confusion']>;

/** Standard errors on each side, as of every estimate. */
const bandWidth = 3;

/** What an event is expected to be worth, ± 3 standard errors, of the events and of the reference that was learnt from. */
export function expectedValue(
  { tp, fp, fn, tn }: ExpectedConfusion,
  worth: OutcomeValues,
  nReference: number,
): { mean: number; lower: number; upper: number } | undefined {
  const value = confusionValue({ tp: tp.value, fp: fp.value, fn: fn.value, tn: tn.value }, worth);
  if (!value || nReference === 0) return undefined;
  const n = tp.value + fp.value + fn.value + tn.value;
  const band = bandWidth * value.standardError * Math.sqrt(1 + n / nReference);
  return { mean: value.mean, lower: value.mean - band, upper: value.mean + band };
}
