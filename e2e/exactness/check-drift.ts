import type { DistributionAnswer, DriftAnswer } from '@plumbline/contracts';
import type { ColumnSummary } from './column-summary.ts';
import type { Comparison } from './comparison.ts';
import { expectedDrift } from './expected-drift.ts';
import type { ExpectedScore } from './expected-score.ts';
import { type Question, select } from './selection.ts';
import { currentOf, nameOf, otherSide, type Truth, type TruthColumn } from './truth.ts';

interface AnsweredScore {
  value: number | null;
  status: string;
  exactness?: string;
  error_bound?: number | null;
}

/** A value, its status, and, where it is binned, that the exact statistic lies within its bound. */
export function checkScore(
  compare: Comparison,
  path: string,
  answered: AnsweredScore,
  score: ExpectedScore,
): void {
  compare.equal(`${path} status`, answered.status, score.status);
  compare.close(path, answered.value, score.value);
  if (score.exact === undefined || answered.error_bound === undefined) return;
  if (score.isUnbounded && answered.error_bound === null) return;
  compare.within(`${path} exact`, answered.value, score.exact, answered.error_bound);
}

/** Every number of a drift answer. */
export function checkDrift(
  compare: Comparison,
  path: string,
  truth: Truth,
  question: Question,
  answer: DriftAnswer,
): void {
  const rows = select(truth.data, question);
  const names = (list: string[]) => list.toSorted().join(' ');
  compare.equal(
    `${path} columns`,
    names(answer.columns.map(({ column }) => nameOf(column))),
    names(truth.columns.map(({ field }) => nameOf(field))),
  );
  const scored = truth.columns.map((column) => {
    const current = currentOf(truth, column, rows);
    const reference = otherSide(truth, column, question);
    return { column, current, reference, scores: expectedDrift(column.bins, reference, current) };
  });
  for (const { column, current, reference, scores } of scored) {
    const at = `${path} ${column.field}`;
    const answered = answer.columns.find((entry) => nameOf(entry.column) === nameOf(column.field));
    if (!answered) continue;
    compare.equal(`${at} kind`, answered.kind, column.kind);
    checkSides(compare, at, answered, reference, current);
    for (const [metric, score] of scores) {
      const entry = answered.metrics.find((candidate) => candidate.metric === metric);
      if (!entry) {
        compare.equal(`${at} ${metric}`, 'absent', 'present');
        continue;
      }
      checkScore(compare, `${at} ${metric}`, entry, score);
      compare.close(`${at} ${metric} p`, entry.p_value, score.pValue);
    }
    compare.equal(`${at} metrics`, answered.metrics.length, scores.size);
  }
  checkDecisions(compare, path, answer, scored);
}

function checkSides(
  compare: Comparison,
  at: string,
  answered: DriftAnswer['columns'][number],
  reference: ColumnSummary,
  current: ColumnSummary,
): void {
  compare.equal(`${at} n_reference`, answered.n_reference, reference.n);
  compare.equal(`${at} n_current`, answered.n_current, current.n);
  compare.close(`${at} missing_rate`, answered.missing_rate, rate(current));
  compare.close(`${at} missing_rate_reference`, answered.missing_rate_reference, rate(reference));
}

const rate = ({ missing, rows }: ColumnSummary) => (rows > 0 ? missing / rows : null);

/** A column drifted when its effect is beyond the threshold and its test holds after Benjamini–Hochberg at 5 %. */
function checkDecisions(
  compare: Comparison,
  path: string,
  answer: DriftAnswer,
  scored: { column: TruthColumn; scores: Map<string, ExpectedScore> }[],
): void {
  const tests = scored.map(({ column, scores }) => {
    const isRange = column.kind === 'numeric' && column.bins.layout !== 'constant';
    const primary = isRange ? 'wasserstein_normed' : 'js_distance';
    const p = scores.get(isRange ? 'ks' : 'chi_square')?.pValue;
    return { field: column.field, primary, effect: scores.get(primary), p };
  });
  const isFeature = (field: string) => field.startsWith('features.');
  let judged = 0;
  let drifted = 0;
  for (const { field, primary, effect, p } of tests) {
    const family = tests.filter((test) => !isFeature(field) || isFeature(test.field)).map((test) => test.p);
    const isSignificant = p !== undefined && adjusted(p, family) < 0.05;
    const answered = answer.columns.find((entry) => nameOf(entry.column) === nameOf(field));
    const threshold = answered?.metrics.find(({ metric }) => metric === primary)?.threshold ?? 0;
    const isDrifted = isSignificant && (effect?.value ?? 0) > threshold;
    compare.equal(`${path} ${field} primary`, answered?.primary, primary);
    compare.equal(`${path} ${field} drifted`, answered?.drifted, isDrifted);
    if (!isFeature(field) || effect?.status !== 'ok') continue;
    judged += 1;
    if (isDrifted) drifted += 1;
  }
  compare.equal(`${path} dataset columns`, answer.dataset.columns, judged);
  compare.equal(`${path} dataset drifted`, answer.dataset.drifted_columns, drifted);
  compare.close(`${path} dataset share`, answer.dataset.drifted_share, judged > 0 ? drifted / judged : null);
}

/** Smallest m·p₍ⱼ₎/j over the p-values that are not below this one. */
function adjusted(p: number, family: (number | undefined)[]): number {
  const sorted = family.filter((value) => value !== undefined).sort((a, b) => a - b);
  const candidates = sorted.flatMap((value, i) => (value >= p ? [(value * sorted.length) / (i + 1)] : []));
  return Math.min(1, ...candidates);
}

/** Every bin of a distribution answer; categories without a bin of their own are in `other`. */
export function checkDistribution(
  compare: Comparison,
  path: string,
  truth: Truth,
  column: TruthColumn,
  question: Question,
  answer: DistributionAnswer,
): void {
  const { bins } = column;
  const reference = otherSide(truth, column, question);
  const current = currentOf(truth, column, select(truth.data, question));
  compare.equal(`${path} n`, answer.n_current, current.n);
  compare.equal(`${path} n_reference`, answer.n_reference, reference.n);
  compare.equal(`${path} missing`, answer.missing_current, current.missing);
  compare.equal(`${path} missing_reference`, answer.missing_reference, reference.missing);
  const shown = answer.bins.filter(({ kind }) => kind === 'value').map(({ label }) => label);
  const placesOf = (label: string, kind: string, i: number): number[] => {
    if (bins.layout !== 'categorical') return [i];
    const { values } = bins;
    if (kind === 'unseen') return [values.length + 1];
    if (kind === 'value') return [values.indexOf(label)];
    return [...values.flatMap((value, place) => (shown.includes(value) ? [] : [place])), values.length];
  };
  answer.bins.forEach((bin, i) => {
    const at = `${path} ${bin.label}`;
    const places = placesOf(bin.label, bin.kind, i);
    const count = (counts: number[]) => places.reduce((sum, place) => sum + (counts[place] ?? Number.NaN), 0);
    compare.equal(`${at} current`, bin.current_count, count(current.counts));
    compare.equal(`${at} reference`, bin.reference_count, count(reference.counts));
    compare.close(`${at} share`, bin.current_share, current.n > 0 ? count(current.counts) / current.n : null);
    if (bins.layout === 'numeric' && bin.kind === 'range') {
      compare.close(`${at} from`, bin.from, bins.edges[i - 1]);
      compare.close(`${at} to`, bin.to, bins.edges[i]);
    }
  });
  const sum = answer.bins.reduce((total, bin) => total + bin.current_count, 0);
  compare.equal(`${path} sum of bins`, sum, current.n);
}
