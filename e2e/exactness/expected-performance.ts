import { calibrationInterval } from './calibration-interval.ts';
import { type Dataset, fieldValue } from './dataset.ts';
import { expectedBinary, expectedConfusion } from './expected-confusion.ts';
import { expectedErrorSizes } from './expected-error-sizes.ts';
import { expectedErrors } from './expected-errors.ts';
import { type ExpectedScore, shortage, withoutValue } from './expected-score.ts';
import { expectedTopScores } from './expected-top-scores.ts';
import { delongReach, type Interval, meanInterval, wilson } from './intervals.ts';
import { exactRanking } from './raw-statistics.ts';
import {
  calibrationError,
  histogramArea,
  histogramOf,
  histogramPrecision,
  precisionInterval,
  type ScoreHistogram,
  scoreBin,
  scoreGroups,
} from './score-histogram.ts';

export type Task = 'binary_classification' | 'multiclass_classification' | 'regression';

export interface ExpectedPerformance {
  events: number;
  labelled: number;
  confusion: Map<string, Map<string, number>>;
  scores: Map<string, ExpectedScore>;
  histogram: ScoreHistogram | undefined;
}

const sumOf = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);
const epsilon = 2 ** -52;
const loss = (p: number) => -Math.log(Math.min(1 - epsilon, Math.max(epsilon, p)));

/** Every performance metric of a task over some rows, from the rows themselves. */
export function expectedPerformance(
  data: Dataset,
  rows: readonly number[],
  task: Task,
  positive: string | null,
): ExpectedPerformance {
  const events = rows.length;
  const target = task === 'regression' ? 'actual_score' : 'actual_label';
  const labelledRows = rows.filter((row) => fieldValue(data, target, row) !== null);
  const labelled = labelledRows.length;
  const scores = new Map<string, ExpectedScore>();
  const short = shortage(events, 30);
  scores.set(
    'label_coverage',
    short
      ? withoutValue(short, events)
      : { value: labelled / events, n: events, status: 'ok', ...wilson(labelled, events) },
  );
  if (task === 'regression') {
    setRegression(scores, data, labelledRows);
    return { events, labelled, confusion: new Map(), scores, histogram: undefined };
  }
  const confusion = new Map<string, Map<string, number>>();
  for (const row of labelledRows) {
    const actual = String(fieldValue(data, 'actual_label', row));
    const predicted = String(fieldValue(data, 'prediction_label', row));
    const cells = confusion.get(actual) ?? new Map<string, number>();
    cells.set(predicted, (cells.get(predicted) ?? 0) + 1);
    confusion.set(actual, cells);
  }
  const cell = (actual: string, predicted: string) => confusion.get(actual)?.get(predicted) ?? 0;
  const labels = [...new Set([...confusion].flatMap(([actual, cells]) => [actual, ...cells.keys()]))];
  const correct = sumOf(labels.map((label) => cell(label, label)));
  put(scores, 'accuracy', labelled, 30, () => ({ value: correct / labelled, ...wilson(correct, labelled) }));
  if (task === 'multiclass_classification') {
    setMacro(scores, labels, cell, labelled);
    scores.set('weighted_kappa', withoutValue('not_applicable', labelled));
    setProbabilityLosses(scores, data, labelledRows);
    return { events, labelled, confusion, scores, histogram: undefined };
  }
  const histogram = setBinary(scores, data, labelledRows, positive ?? '', cell);
  return { events, labelled, confusion, scores, histogram };
}

function put(
  scores: Map<string, ExpectedScore>,
  metric: string,
  n: number,
  floor: number,
  compute: () => Partial<Interval> & { value: number; exact?: number },
): void {
  const short = shortage(n, floor);
  if (short) {
    scores.set(metric, withoutValue(short, n));
    return;
  }
  const result = compute();
  if (Number.isFinite(result.value)) scores.set(metric, { ...result, n, status: 'ok' });
  else scores.set(metric, withoutValue('degenerate', n));
}

function setRegression(scores: Map<string, ExpectedScore>, data: Dataset, rows: readonly number[]): void {
  const column = (field: string) => rows.map((row) => Number(fieldValue(data, field, row)));
  const sides = [column('actual_score'), column('prediction_score')] as const;
  const expected = { ...expectedErrors(...sides), ...expectedErrorSizes(...sides) };
  const isShort = shortage(rows.length, 30);
  scores.set('rmsle', withoutValue(isShort ?? 'not_applicable', rows.length));
  for (const [metric, scored] of Object.entries(expected)) put(scores, metric, rows.length, 30, () => scored);
}

function setMacro(
  scores: Map<string, ExpectedScore>,
  labels: readonly string[],
  cell: (actual: string, predicted: string) => number,
  n: number,
): void {
  const expected = expectedConfusion(
    labels.map((actual) => labels.map((predicted) => cell(actual, predicted))),
  );
  for (const [metric, scored] of Object.entries(expected)) put(scores, metric, n, 30, () => scored);
}

function setProbabilityLosses(
  scores: Map<string, ExpectedScore>,
  data: Dataset,
  rows: readonly number[],
): void {
  const logLosses: number[] = [];
  const briers: number[] = [];
  let hits = 0;
  for (const row of rows) {
    const given = data.probabilities[row];
    if (!given) continue;
    const total = sumOf(Object.values(given));
    const actual = String(fieldValue(data, 'actual_label', row));
    const of = (label: string) => (given[label] ?? 0) / total;
    logLosses.push(loss(of(actual)));
    const place = Object.values(given).filter((p) => p >= (given[actual] ?? 0)).length;
    if (actual in given && place <= 2) hits += 1;
    const classes = [...new Set([...Object.keys(given), actual])];
    briers.push(sumOf(classes.map((label) => (of(label) - (label === actual ? 1 : 0)) ** 2)));
  }
  const n = logLosses.length;
  put(scores, 'log_loss', n, 30, () => meanLoss(logLosses));
  put(scores, 'brier', n, 30, () => meanLoss(briers));
  put(scores, 'top_2_accuracy', n, 30, () => ({ value: hits / n, ...wilson(hits, n) }));
  scores.set('top_5_accuracy', withoutValue(shortage(n, 30) ?? 'not_applicable', n));
  setClassAuc(scores, data, rows);
}

/** The mean of the classes' areas, each against the rest, and the mean of their errors; from hundredths of the shares. */
function setClassAuc(scores: Map<string, ExpectedScore>, data: Dataset, rows: readonly number[]): void {
  const given = rows.flatMap((row) => {
    const probabilities = data.probabilities[row];
    return probabilities ? [{ probabilities, actual: fieldValue(data, 'actual_label', row) }] : [];
  });
  const labels = [...new Set(given.flatMap(({ probabilities }) => Object.keys(probabilities)))];
  const areaOf = (label: string, rival?: string) => {
    const isAmong = (actual: unknown) => rival === undefined || actual === label || actual === rival;
    const among = given.filter(({ actual }) => isAmong(actual));
    const shares = among.map(
      ({ probabilities }) => (probabilities[label] ?? 0) / sumOf(Object.values(probabilities)),
    );
    const isActual = among.map(({ actual }) => actual === label);
    const hundredths = shares.map((share) => Math.min(99, Math.floor(share * 100)) / 100);
    return {
      n1: isActual.filter(Boolean).length,
      value: exactRanking(hundredths, isActual).auc,
      reach: delongReach(hundredths, isActual),
      exact: exactRanking(shares, isActual).auc,
    };
  };
  const occurring = labels.filter((label) => given.some(({ actual }) => actual === label));
  const classes = occurring.map((label) => areaOf(label));
  const pairs = occurring.flatMap((label) =>
    occurring.filter((rival) => rival !== label).map((rival) => areaOf(label, rival)),
  );
  const n = given.length;
  const isRare = classes.some(({ n1 }) => Math.min(n1, n - n1) < 10);
  const setMean = (metric: string, areas: typeof classes, weightOf: (area: { n1: number }) => number) => {
    if (n >= 30 && isRare) return scores.set(metric, withoutValue('insufficient_data', n));
    return put(scores, metric, n, 30, () => {
      const weights = areas.map(weightOf);
      const mean = (of: (area: (typeof areas)[number]) => number) =>
        sumOf(areas.map((area, i) => of(area) * (weights[i] ?? 0))) / sumOf(weights);
      const [value, reach] = [mean((area) => area.value), mean((area) => area.reach)];
      return {
        value,
        exact: mean(({ exact }) => exact),
        lower: Math.max(0, value - reach),
        upper: Math.min(1, value + reach),
      };
    });
  };
  setMean('roc_auc', classes, () => 1);
  setMean('weighted_roc_auc', classes, ({ n1 }) => n1);
  setMean('roc_auc_ovo', pairs, () => 1);
}

function meanLoss(losses: readonly number[]): Interval & { value: number } {
  const { lower, upper } = meanInterval(Float64Array.from(losses));
  return { value: sumOf(losses) / losses.length, lower: Math.max(0, lower), upper };
}

function setBinary(
  scores: Map<string, ExpectedScore>,
  data: Dataset,
  rows: readonly number[],
  positive: string,
  cell: (actual: string, predicted: string) => number,
): ScoreHistogram {
  const given = rows.map((row) => Number(fieldValue(data, 'prediction_score', row)));
  const isPositive = rows.map((row) => fieldValue(data, 'actual_label', row) === positive);
  const n = rows.length;
  const n1 = isPositive.filter(Boolean).length;
  const n0 = n - n1;
  const negativeLabel = String(
    fieldValue(data, 'actual_label', rows[isPositive.indexOf(false)] ?? -1) ?? 'on_time',
  );
  const [tp, fn] = [cell(positive, positive), cell(positive, negativeLabel)];
  const fp = cell(negativeLabel, positive);
  const classFloor = (
    compute: () => Partial<Interval> & { value: number; exact?: number },
    metric: string,
  ) =>
    n >= 30 && Math.min(n1, n0) < 10
      ? scores.set(metric, withoutValue('insufficient_data', n))
      : put(scores, metric, n, 30, compute);
  const tn = cell(negativeLabel, negativeLabel);
  for (const [metric, scored] of Object.entries(expectedBinary(tp, fp, fn, tn)))
    classFloor(() => scored, metric);
  put(scores, 'log_loss', n, 30, () =>
    meanLoss(given.map((s, i) => (isPositive[i] ? loss(s) : loss(1 - s)))),
  );
  put(scores, 'brier', n, 30, () => meanLoss(given.map((s, i) => (s - (isPositive[i] ? 1 : 0)) ** 2)));
  const histogram = histogramOf(given, isPositive);
  const exact = n1 > 0 && n0 > 0 ? exactRanking(given, isPositive) : { auc: 0, averagePrecision: 0 };
  classFloor(() => {
    const value = histogramArea(histogram, n1, n0);
    const reach = delongReach(given.map(scoreBin), isPositive);
    return {
      value,
      exact: exact.auc,
      lower: Math.max(0, value - reach),
      upper: Math.min(1, value + reach),
    };
  }, 'roc_auc');
  classFloor(() => {
    const value = histogramPrecision(histogram, n1);
    return { value, exact: exact.averagePrecision, ...precisionInterval(histogram, value) };
  }, 'average_precision');
  const top = n1 > 0 && n0 > 0 ? expectedTopScores(histogram, given, isPositive) : undefined;
  for (const metric of ['ks_score', 'top_decile_precision', 'top_decile_lift'] as const)
    classFloor(() => top?.[metric] ?? { value: Number.NaN }, metric);
  put(scores, 'ece', n, 200, () => ({
    value: calibrationError(histogram, n),
    ...calibrationInterval(scoreGroups(histogram)),
  }));
  return histogram;
}
