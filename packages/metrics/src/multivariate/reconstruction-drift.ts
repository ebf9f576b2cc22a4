import type { ReconstructionDrift } from '@plumbline/contracts';
import { type FeatureColumn, fitPrincipalComponents, pickRows, reconstructionErrors } from '@plumbline/learn';
import { meanAndDeviation } from './mean-and-deviation.ts';
import { referenceWindows } from './reference-windows.ts';

const leastRows = 30;
const mostColumns = 300;
const folds = 5;
const deviations = 3;

/**
 * PCA reconstruction error (as NannyML's data reconstruction): components learnt on the reference that keep 65 % of the
 * variance, then the mean distance ‖z − ẑ‖₂ of the window's standardised rows from their reconstruction. It rises or
 * falls when columns no longer go together as they did, also when each keeps its own distribution.
 *
 * Thresholds: mean ± 3·√(b² + s²/n) of the reference, where s is the deviation between its rows and b² the variance
 * between its windows of the same length beyond s²/n of those (0 with fewer than three windows). Each reference row is
 * measured by components learnt without it. The lower threshold is null when it would not be above 0.
 *
 * `insufficient_data` below 30 rows a side, `constant` with fewer than two columns that vary in the reference,
 * `not_applicable` beyond 300 columns.
 */
export function reconstructionDrift(input: {
  reference: readonly FeatureColumn[];
  current: readonly FeatureColumn[];
  /** Prediction time of each reference row, epoch ms. */
  times: Float64Array;
  /** Length of the window. */
  windowMs: number;
}): ReconstructionDrift {
  const { reference, current, times, windowMs } = input;
  const n = current[0]?.values.length ?? 0;
  const none = (status: ReconstructionDrift['status']): ReconstructionDrift => ({
    ...noValue,
    status,
    n,
    n_reference: times.length,
    columns: reference.length,
  });
  if (n === 0) return none('empty');
  if (reference.length > mostColumns) return none('not_applicable');
  if (Math.min(n, times.length) < leastRows) return none('insufficient_data');
  const components = fitPrincipalComponents(reference);
  if (!components) return none('constant');
  const { mean: value, deviation } = meanAndDeviation(reconstructionErrors(components, current));
  const limits = learnLimits(crossFitted(reference, times.length), { times, windowMs, n });
  const used = new Set(components.columns.map(({ name }) => name));
  return {
    ...limits,
    value,
    status: 'ok',
    n,
    n_reference: times.length,
    drifted: value > limits.threshold || (limits.threshold_lower !== null && value < limits.threshold_lower),
    standard_error: deviation / Math.sqrt(n),
    columns: components.columns.length,
    components: components.kept,
    explained_variance: components.explained,
    left_out: reference.map(({ name }) => name).filter((name) => !used.has(name)),
  };
}

const noValue: Omit<ReconstructionDrift, 'status' | 'n' | 'n_reference' | 'columns'> = {
  value: null,
  threshold_lower: null,
  threshold: null,
  threshold_from: 'sampling_error',
  reference_values: [],
  drifted: false,
  standard_error: null,
  components: 0,
  explained_variance: null,
  left_out: [],
};

/** Errors of the reference's rows by components learnt without them; NaN where those find no structure. */
function crossFitted(reference: readonly FeatureColumn[], rows: number): Float64Array {
  const errors = new Float64Array(rows);
  for (let fold = 0; fold < folds; fold++) {
    const all = Array.from({ length: rows }, (_, row) => row);
    const kept = all.filter((row) => row % folds !== fold);
    const held = all.filter((row) => row % folds === fold);
    const components = fitPrincipalComponents(pickRows(reference, kept));
    const found = components && reconstructionErrors(components, pickRows(reference, held));
    held.forEach((row, i) => {
      errors[row] = found?.[i] ?? Number.NaN;
    });
  }
  return errors;
}

function learnLimits(
  errors: Float64Array,
  { times, windowMs, n }: { times: Float64Array; windowMs: number; n: number },
) {
  const { mean, deviation } = meanAndDeviation(errors.filter(Number.isFinite));
  const windows = referenceWindows(times, windowMs).map((rows) => {
    const own = rows.map((row) => errors[row] ?? Number.NaN).filter(Number.isFinite);
    return { value: meanAndDeviation(own).mean, chance: deviation ** 2 / Math.max(1, own.length) };
  });
  const between = meanAndDeviation(windows.map(({ value }) => value)).deviation ** 2;
  const chance = meanAndDeviation(windows.map((window) => window.chance)).mean;
  const beyond = Math.max(0, between - chance);
  const reach = deviations * Math.sqrt(beyond + deviation ** 2 / n + deviation ** 2 / times.length);
  return {
    threshold_lower: mean - reach > 0 ? mean - reach : null,
    threshold: mean + reach,
    threshold_from: windows.length > 0 ? ('reference_windows' as const) : ('sampling_error' as const),
    reference_values: windows.map(({ value }) => value),
  };
}
