import type { FairnessComparison, FairnessMetric, FourFifthsVerdict } from '@plumbline/contracts';
import { benjaminiHochberg, differenceInterval, ratioInterval } from '@plumbline/stats';
import type { GroupMetric } from './fairness-metrics.ts';
import { estimate, type Measure, measureP } from './measure.ts';

const level = 0.05;
const fourFifths = 0.8;
const fiveFourths = 1.25;

/**
 * Every group against the reference group by one metric; null for the reference group itself, and where either has no
 * value. p-values are adjusted over these groups (Benjamini–Hochberg).
 */
export function compareGroups(
  metric: GroupMetric,
  measures: (Measure | null)[],
  reference: number,
): (FairnessComparison | null)[] {
  const standard = measures[reference];
  const base = standard && estimate(standard);
  const compared = measures.map((measure, i) => {
    const own = measure && i !== reference ? estimate(measure) : undefined;
    if (!own || !measure || !standard || !base) return null;
    return { own, p: measureP(measure, standard) };
  });
  const adjusted = benjaminiHochberg(compared.map((one) => one?.p));
  return compared.map((one, i) => {
    if (!one || !base) return null;
    const difference = differenceInterval(one.own, base);
    const interval = metric.hasRatio ? ratioInterval(one.own, base) : undefined;
    const ratio = interval ? one.own.value / base.value : null;
    const adjustedP = adjusted[i] ?? null;
    return {
      difference: one.own.value - base.value,
      difference_lower: difference.lower,
      difference_upper: difference.upper,
      ratio,
      ratio_lower: interval?.lower ?? null,
      ratio_upper: interval && Number.isFinite(interval.upper) ? interval.upper : null,
      p_value: one.p ?? null,
      adjusted_p: adjustedP,
      verdict: verdictOf(metric.metric, ratio, adjustedP),
    };
  });
}

/** The four-fifths rule (29 CFR 1607.4 D) on the selection rate; not raised by chance alone. */
function verdictOf(
  metric: FairnessMetric,
  ratio: number | null,
  adjustedP: number | null,
): FourFifthsVerdict | null {
  if (metric !== 'selection_rate' || ratio === null || adjustedP === null) return null;
  if (ratio >= fourFifths && ratio <= fiveFourths) return 'within';
  if (adjustedP >= level) return 'unclear';
  return ratio < fourFifths ? 'below' : 'above';
}
