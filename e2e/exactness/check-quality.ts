import type { QualityAnswer } from '@plumbline/contracts';
import { type ColumnSummary, moments } from './column-summary.ts';
import type { Comparison } from './comparison.ts';
import type { Bins } from './reference-bins.ts';
import { type Question, select } from './selection.ts';
import { currentOf, nameOf, otherSide, type Truth } from './truth.ts';

/** Every number of a quality answer. */
export function checkQuality(
  compare: Comparison,
  path: string,
  truth: Truth,
  question: Question,
  answer: QualityAnswer,
): void {
  const rows = select(truth.data, question);
  compare.equal(`${path} n_events`, answer.n_events, rows.length);
  compare.equal(`${path} columns`, answer.columns.length, truth.columns.length);
  for (const column of truth.columns) {
    const at = `${path} ${column.field}`;
    const answered = answer.columns.find((entry) => nameOf(entry.column) === nameOf(column.field));
    if (!answered) {
      compare.equal(at, 'absent', 'present');
      continue;
    }
    const { bins } = column;
    const reference = otherSide(truth, column, question);
    const current = currentOf(truth, column, rows);
    const { n, missing, sorted } = current;
    const share = (part: number | null, whole: number) =>
      part === null || whole === 0 ? null : part / whole;
    compare.equal(`${at} n`, answered.n, n);
    compare.equal(`${at} missing`, answered.missing, missing);
    compare.close(`${at} missing_rate`, answered.missing_rate, share(missing, rows.length));
    compare.close(
      `${at} missing_rate_reference`,
      answered.missing_rate_reference,
      share(reference.missing, reference.rows),
    );
    const unseen = bins.layout === 'numeric' ? null : (current.counts.at(-1) ?? 0);
    compare.equal(`${at} unseen`, answered.unseen, unseen);
    compare.close(`${at} unseen_rate`, answered.unseen_rate, share(unseen, n));
    checkUnseenValues(compare, at, bins, current, answered.unseen_values);
    checkDistinct(compare, at, new Set(current.values).size, answered.distinct);
    checkDistinct(compare, `${at} reference`, new Set(reference.values).size, answered.distinct_reference);
    checkMostCommon(compare, at, current.values, answered.most_common);
    checkMostCommon(compare, `${at} reference`, reference.values, answered.most_common_reference);
    // The range is the one the bins were made from, whatever the cohort.
    const outside =
      bins.layout === 'categorical' ? null : outOfRange(sorted, truth.referenceOf(column).sorted);
    compare.equal(`${at} out_of_range`, answered.out_of_range, outside);
    compare.close(`${at} out_of_range_rate`, answered.out_of_range_rate, share(outside, n));
    const isNumeric = bins.layout !== 'categorical' && n > 0;
    const { mean, m2 } = moments(sorted);
    compare.close(`${at} min`, answered.min, isNumeric ? sorted[0] : null);
    compare.close(`${at} max`, answered.max, isNumeric ? sorted.at(-1) : null);
    compare.close(`${at} mean`, answered.mean, isNumeric ? mean : null);
    const deviation = isNumeric && n > 1 ? Math.sqrt(m2 / (n - 1)) : null;
    compare.close(`${at} standard_deviation`, answered.standard_deviation, deviation);
  }
}

/** What is said of the number of different values must hold, and be exact where both ends say the same. */
function checkDistinct(
  compare: Comparison,
  at: string,
  different: number,
  answered: QualityAnswer['columns'][number]['distinct'],
): void {
  if (answered === null) return;
  const { at_least, at_most } = answered;
  compare.equal(`${at} distinct`, at_least <= different && different <= at_most, true);
}

/** The share of the most common value lies within what is said of it. */
function checkMostCommon(
  compare: Comparison,
  at: string,
  values: ColumnSummary['values'],
  answered: QualityAnswer['columns'][number]['most_common'],
): void {
  const counts = new Map<unknown, number>();
  let most = 0;
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    most = Math.max(most, count);
  }
  compare.equal(`${at} has a most common value`, answered !== null, values.length > 0);
  if (!answered) return;
  const { at_least, at_most } = answered;
  const share = most / values.length;
  compare.equal(`${at} most common`, at_least <= share + 1e-12 && share - 1e-12 <= at_most, true);
}

/** Rows below the smallest or above the largest value of the reference. */
function outOfRange(sorted: Float64Array, reference: Float64Array): number {
  const low = reference[0] ?? Number.NaN;
  const high = reference.at(-1) ?? Number.NaN;
  return sorted.filter((value) => value < low || value > high).length;
}

function checkUnseenValues(
  compare: Comparison,
  at: string,
  bins: Bins,
  current: ColumnSummary,
  answered: { value: string; count: number }[],
): void {
  if (bins.layout !== 'categorical') return;
  const known = new Set([...bins.values, ...bins.rare]);
  const counts = new Map<string, number>();
  for (const value of current.values) {
    const name = String(value);
    if (!known.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const { value, count } of answered)
    compare.equal(`${at} unseen value ${value}`, count, counts.get(value));
  compare.equal(`${at} unseen values`, answered.length, Math.min(10, counts.size));
}
