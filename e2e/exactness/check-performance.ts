import type { PerformanceAnswer } from '@plumbline/contracts';
import { checkCompared } from './check-compared.ts';
import { checkScore } from './check-drift.ts';
import type { Comparison } from './comparison.ts';
import { type ExpectedPerformance, expectedPerformance } from './expected-performance.ts';
import { wilson } from './intervals.ts';
import type { ScoreHistogram } from './score-histogram.ts';
import { type Question, select } from './selection.ts';
import type { Truth } from './truth.ts';

/** Every number of a performance answer. */
export function checkPerformance(
  compare: Comparison,
  path: string,
  truth: Truth,
  question: Question,
  answer: PerformanceAnswer,
): void {
  const rows = select(truth.data, question);
  const expected = expectedPerformance(truth.data, rows, truth.task, truth.positive);
  const { events, labelled, scores, confusion } = expected;
  compare.equal(`${path} n_events`, answer.n_events, events);
  compare.equal(`${path} n_labelled`, answer.n_labelled, labelled);
  compare.close(`${path} coverage`, answer.label_coverage, events > 0 ? labelled / events : null);
  for (const [metric, score] of scores) {
    const entry = answer.metrics.find((candidate) => candidate.metric === metric);
    if (!entry) {
      compare.equal(`${path} ${metric}`, 'absent', 'present');
      continue;
    }
    checkScore(compare, `${path} ${metric}`, entry, score);
    compare.equal(`${path} ${metric} n`, entry.n, score.n);
    compare.close(`${path} ${metric} lower`, entry.lower, score.lower);
    compare.close(`${path} ${metric} upper`, entry.upper, score.upper);
  }
  compare.equal(`${path} metrics`, answer.metrics.length, scores.size);
  checkCompared(compare, path, truth, question, { now: expected, answer });
  checkConfusion(compare, path, truth, confusion, answer.confusion_matrix);
  if (expected.histogram && labelled > 0) {
    checkCurves(compare, path, expected.histogram, answer.curves);
    checkSweep(compare, path, expected.histogram, answer.threshold_sweep);
  } else compare.equal(`${path} sweep`, answer.threshold_sweep, null);
}

function checkConfusion(
  compare: Comparison,
  path: string,
  { positive }: Truth,
  confusion: ExpectedPerformance['confusion'],
  answer: PerformanceAnswer['confusion_matrix'],
): void {
  if (confusion.size === 0 || !answer) {
    compare.equal(`${path} confusion`, answer === null, confusion.size === 0);
    return;
  }
  const { labels, counts } = answer;
  let total = 0;
  labels.forEach((actual, i) => {
    labels.forEach((predicted, j) => {
      const expected = confusion.get(actual)?.get(predicted) ?? 0;
      total += expected;
      compare.equal(`${path} confusion ${actual}/${predicted}`, counts[i]?.[j], expected);
    });
  });
  const all = [...confusion.values()].flatMap((cells) => [...cells.values()]).reduce((sum, n) => sum + n, 0);
  compare.equal(`${path} confusion total`, total, all);
  if (positive === null) return;
  const cell = (isPositive: boolean, isPredicted: boolean) =>
    [...confusion].reduce(
      (sum, [actual, cells]) =>
        sum +
        [...cells].reduce(
          (inner, [predicted, n]) =>
            (actual === positive) === isPositive && (predicted === positive) === isPredicted
              ? inner + n
              : inner,
          0,
        ),
      0,
    );
  compare.equal(`${path} tp`, answer.tp, cell(true, true));
  compare.equal(`${path} fp`, answer.fp, cell(false, true));
  compare.equal(`${path} fn`, answer.fn, cell(true, false));
  compare.equal(`${path} tn`, answer.tn, cell(false, false));
}

/** Points of the curves lie on the curves of the score histogram; the calibration table is complete. */
function checkCurves(
  compare: Comparison,
  path: string,
  { positives, negatives, scoreSums }: ScoreHistogram,
  { roc, pr, gains, calibration }: PerformanceAnswer['curves'],
): void {
  const sum = (list: number[]) => list.reduce((total, n) => total + n, 0);
  const [n1, n0] = [sum(positives), sum(negatives)];
  let [tp, fp] = [0, 0];
  const steps = [{ tp, fp }];
  for (let bin = 999; bin >= 0; bin--) {
    tp += positives[bin] ?? 0;
    fp += negatives[bin] ?? 0;
    steps.push({ tp, fp });
  }
  const key = (x: number, y: number) => `${x.toPrecision(9)} ${y.toPrecision(9)}`;
  const onRoc = new Set(steps.map((step) => key(step.fp / n0, step.tp / n1)));
  const onPr = new Set(steps.map((step) => key(step.tp / n1, step.tp / (step.tp + step.fp))));
  const onGains = new Set(steps.map((step) => key((step.tp + step.fp) / (n1 + n0), step.tp / n1)));
  const stray = (points: { x: number; y: number }[] | null, curve: Set<string>) =>
    (points ?? []).filter(({ x, y }) => !curve.has(key(x, y))).length;
  compare.equal(`${path} roc points off the curve`, stray(roc, onRoc), 0);
  compare.equal(`${path} pr points off the curve`, stray(pr, onPr), 0);
  compare.equal(`${path} gains points off the curve`, stray(gains, onGains), 0);
  compare.equal(`${path} gains is drawn`, (gains?.length ?? 0) > 1, n1 > 0 && n0 > 0);
  compare.equal(`${path} roc is drawn`, (roc?.length ?? 0) > 1, n1 > 0 && n0 > 0);
  const table = Array.from({ length: 10 }, (_, i) => {
    const part = (list: number[]) => sum(list.slice(i * 100, i * 100 + 100));
    return { positive: part(positives), n: part(positives) + part(negatives), scores: part(scoreSums) };
  }).filter(({ n }) => n > 0);
  compare.equal(`${path} calibration rows`, calibration?.length ?? 0, table.length);
  table.forEach(({ positive, n, scores }, i) => {
    const row = calibration?.[i];
    const { lower, upper } = wilson(positive, n);
    compare.equal(`${path} calibration ${i} n`, row?.n, n);
    compare.close(`${path} calibration ${i} score`, row?.mean_score, scores / n);
    compare.close(`${path} calibration ${i} rate`, row?.positive_rate, positive / n);
    compare.close(`${path} calibration ${i} lower`, row?.lower, lower);
    compare.close(`${path} calibration ${i} upper`, row?.upper, upper);
  });
}

/** At every thousandth, the positives and negatives that score as much or more. */
function checkSweep(
  compare: Comparison,
  path: string,
  { positives, negatives }: ScoreHistogram,
  sweep: PerformanceAnswer['threshold_sweep'],
): void {
  const sum = (list: number[]) => list.reduce((total, n) => total + n, 0);
  compare.equal(`${path} sweep positives`, sweep?.positives, sum(positives));
  compare.equal(`${path} sweep negatives`, sweep?.negatives, sum(negatives));
  for (let bin = 0; bin <= 1000; bin++) {
    const at = sweep?.thresholds.findIndex((threshold) => Math.round(threshold * 1000) >= bin) ?? -1;
    compare.equal(`${path} sweep ${bin} tp`, sweep?.true_positives[at], sum(positives.slice(bin)));
    compare.equal(`${path} sweep ${bin} fp`, sweep?.false_positives[at], sum(negatives.slice(bin)));
  }
}
