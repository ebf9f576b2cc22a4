import type { TimeseriesAnswer } from '@plumbline/contracts';
import { checkScore } from './check-drift.ts';
import type { ColumnSummary } from './column-summary.ts';
import type { Comparison } from './comparison.ts';
import { fieldValue } from './dataset.ts';
import { expectedDrift } from './expected-drift.ts';
import { expectedPerformance } from './expected-performance.ts';
import { type ExpectedScore, shortage, withoutValue } from './expected-score.ts';
import { wilson } from './intervals.ts';
import { type Question, select } from './selection.ts';
import { currentOf, nameOf, otherSide, type Truth, type TruthColumn } from './truth.ts';

const hour = 3_600_000;
const lengths = { hour, day: 24 * hour, week: 168 * hour };
export type Granularity = keyof typeof lengths;

/** Start of the hour, day or week (from Monday) that a time falls into. */
function slotStart(ms: number, granularity: Granularity): number {
  const origin = granularity === 'week' ? Date.UTC(2001, 0, 1) : 0;
  const length = lengths[granularity];
  return Math.floor((ms - origin) / length) * length + origin;
}

/** Every point of a series: each slot that the question touches, cut to the question. */
export function checkTimeseries(
  compare: Comparison,
  path: string,
  truth: Truth,
  asked: { question: Question; metric: string; column?: string; granularity: Granularity },
  answer: TimeseriesAnswer,
): void {
  const { question, metric, granularity } = asked;
  const column = truth.columns.find(({ field }) => nameOf(field) === asked.column);
  const bySlot = new Map<number, number[]>();
  for (let at = slotStart(question.from, granularity); at < question.to; at += lengths[granularity])
    bySlot.set(at, []);
  for (const row of select(truth.data, question)) {
    bySlot.get(slotStart(truth.data.ms[row] ?? Number.NaN, granularity))?.push(row);
  }
  compare.equal(`${path} points`, answer.points.length, bySlot.size);
  for (const point of answer.points) {
    const at = `${path} ${point.window_start}`;
    const rows = bySlot.get(Date.parse(point.window_start));
    if (!rows) {
      compare.equal(at, 'present', 'absent');
      continue;
    }
    const score = scoreOf(
      truth,
      { metric, column, reference: column && otherSide(truth, column, question) },
      rows,
    );
    if (!score) {
      compare.equal(`${at} ${metric}`, point.status, 'not_applicable');
      continue;
    }
    checkScore(compare, at, point, score);
    compare.equal(`${at} n`, point.n, score.n);
    compare.close(`${at} lower`, point.lower, score.lower);
    compare.close(`${at} upper`, point.upper, score.upper);
    if (point.label_coverage === undefined) continue;
    const target = truth.task === 'regression' ? 'actual_score' : 'actual_label';
    const labelled = rows.filter((row) => fieldValue(truth.data, target, row) !== null).length;
    compare.close(`${at} coverage`, point.label_coverage, rows.length > 0 ? labelled / rows.length : null);
  }
}

function scoreOf(
  truth: Truth,
  asked: { metric: string; column: TruthColumn | undefined; reference: ColumnSummary | undefined },
  rows: readonly number[],
): ExpectedScore | undefined {
  const { metric, column, reference } = asked;
  if (metric === 'volume') return { value: rows.length, n: rows.length, status: 'ok' };
  if (!column || !reference)
    return expectedPerformance(truth.data, rows, truth.task, truth.positive).scores.get(metric);
  const current = currentOf(truth, column, rows);
  if (metric === 'missing_rate') return rateScore(current.missing, rows.length);
  if (metric === 'unseen_rate') return unseenScore(column, current);
  if (metric === 'out_of_range_rate') {
    const [low, high] = [truth.referenceOf(column).sorted[0], truth.referenceOf(column).sorted.at(-1)];
    const isOutside = (value: number) => value < (low ?? Number.NaN) || value > (high ?? Number.NaN);
    return rateScore(current.sorted.filter(isOutside).length, current.n);
  }
  return expectedDrift(column.bins, reference, current).get(metric);
}

function rateScore(part: number, n: number): ExpectedScore {
  const short = shortage(n, 30);
  return short ? withoutValue(short, n) : { value: part / n, n, status: 'ok', ...wilson(part, n) };
}

function unseenScore({ bins }: TruthColumn, { counts, n }: ColumnSummary): ExpectedScore {
  return bins.layout === 'numeric' ? withoutValue('not_applicable', n) : rateScore(counts.at(-1) ?? 0, n);
}
