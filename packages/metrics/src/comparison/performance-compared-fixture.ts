import {
  aucSamples,
  averagePrecisionSamples,
  benjaminiHochberg,
  brierScore,
  cohenKappa,
  logLoss,
  matthewsCorrelation,
  multiclassReport,
  regressionReport,
  wilson,
} from '@plumbline/stats';
import { profileBinary, profileErrors, profileOf } from '../profile-fixture.ts';
import { findMetric } from '../registry.ts';
import { type Compared, compared, readJson, type Versions } from './compared-fixture.ts';

interface Scored {
  title: string;
  scores: number[];
  labels: (0 | 1)[];
  auc: number;
  averagePrecision: number;
  logLoss: number;
  brier: number;
}
interface Averaged {
  precision: number;
  recall: number;
  f1: number;
}
interface Classified {
  counts: number[][];
  accuracy: number;
  macro: Averaged;
  weighted: Averaged;
  matthewsCorrelation: number | null;
  cohenKappa: number | null;
}
interface Regressed {
  actual: number[];
  predicted: number[];
  mae: number;
  rmse: number;
  mape: number;
  r2: number;
  bias: number;
}

/** A metric as monitors and pages show it, from the mergeable histogram of 1000 score bins. */
function shown(metric: string, scores: number[], labels: number[]) {
  const performance = profileBinary(scores.map((score, i) => ({ score, isPositive: labels[i] === 1 })));
  return findMetric(metric)?.scoreModel?.({
    context: { task: 'binary_classification', positiveLabel: 'late' },
    current: profileOf(scores.length, {}, performance),
    reference: null,
  });
}

function scored({ title, scores, labels, ...theirs }: Scored, library: string): Compared[] {
  const auc = shown('roc_auc', scores, labels);
  const precision = shown('average_precision', scores, labels);
  return [
    compared('ROC AUC', title, aucSamples(scores, labels), theirs.auc, library),
    compared('`roc_auc` from 1000 bins', title, auc?.value, theirs.auc, library, auc?.errorBound ?? 0),
    compared(
      'Average precision',
      title,
      averagePrecisionSamples(scores, labels),
      theirs.averagePrecision,
      library,
    ),
    compared(
      '`average_precision` from 1000 bins',
      title,
      precision?.value,
      theirs.averagePrecision,
      library,
      precision?.errorBound ?? 0,
    ),
    compared('Log loss', title, logLoss(scores, labels), theirs.logLoss, library),
    compared('Brier score', title, brierScore(scores, labels), theirs.brier, library),
  ];
}

function classified({ counts, ...theirs }: Classified, library: string): Compared[] {
  const report = multiclassReport(counts);
  const data = `${counts.length} classes, ${counts.flat().reduce((sum, n) => sum + n, 0)} rows`;
  const of = (method: string, ours: number | undefined, value: number | null) =>
    value === null ? [] : [compared(method, data, ours, value, library)];
  return [
    ...of('Accuracy', report?.accuracy, theirs.accuracy),
    ...(['macro', 'weighted'] as const).flatMap((average) => [
      ...of(`Precision, ${average}`, report?.[average].precision, theirs[average].precision),
      ...of(`Recall, ${average}`, report?.[average].recall, theirs[average].recall),
      ...of(`F1, ${average}`, report?.[average].f1, theirs[average].f1),
    ]),
    ...of('Matthews correlation', matthewsCorrelation(counts), theirs.matthewsCorrelation),
    ...of('Cohen’s κ', cohenKappa(counts), theirs.cohenKappa),
  ];
}

function regressed({ actual, predicted, ...theirs }: Regressed, library: string): Compared[] {
  const errors = profileErrors(
    actual.map((value, i) => ({ actual: value, prediction: predicted[i] ?? Number.NaN })),
  );
  const report = regressionReport({
    n: errors.n,
    errorSum: errors.sum,
    absoluteErrorSum: errors.sumAbsolute,
    squaredErrorSum: errors.sumSquares,
    absoluteActualSum: actual.reduce((sum, value) => sum + Math.abs(value), 0),
    actualM2: errors.actualM2,
    relativeErrorSum: errors.percentageSum,
    relativeErrorCount: errors.percentageN,
  });
  const data = `${actual.length} rows`;
  return [
    compared('Mean absolute error', data, report?.mae, theirs.mae, library),
    compared('Root mean squared error', data, report?.rmse, theirs.rmse, library),
    compared('Mean absolute percentage error', data, report?.mape, theirs.mape, library),
    compared('R²', data, report?.r2, theirs.r2, library),
    compared('Bias', data, report?.bias, theirs.bias, library),
  ];
}

const chosen = /n 200 rate 0.1 skill 1|n 80 rate 0.3 skill [03]/;

/** Performance metrics, intervals and the correction for many tests on the same data. */
export function performanceMethods(): Compared[] {
  const { versions, cases } = readJson<{ versions: Versions; cases: Scored[] }>(
    'stats/fixtures/scores.fixture.json',
  );
  const { multiclass, regression } = readJson<{ multiclass: Classified[]; regression: Regressed[] }>(
    'stats/fixtures/classes.fixture.json',
  );
  const { wilson: intervals, benjaminiHochberg: adjusted } = readJson<{
    wilson: { successes: number; n: number; lower: number; upper: number }[];
    benjaminiHochberg: { p: number[]; adjusted: number[] }[];
  }>('stats/fixtures/intervals.fixture.json');
  const sklearn = `scikit-learn ${versions['scikit-learn']}`;
  const scipy = `scipy ${versions.scipy}`;
  const last = adjusted.at(-1);
  const rows = [
    ...cases.filter(({ title }) => chosen.test(title)).flatMap((row) => scored(row, sklearn)),
    ...multiclass.filter((_, i) => i === 0 || i === 6 || i === 12).flatMap((row) => classified(row, sklearn)),
    ...regression.flatMap((row) => regressed(row, sklearn)),
    ...intervals
      .filter(({ n }) => n === 50)
      .map(({ successes, n, upper }) =>
        compared(
          'Wilson interval, upper end',
          `${successes} of ${n}`,
          wilson(successes, n)?.upper,
          upper,
          scipy,
        ),
      ),
    compared(
      'Benjamini–Hochberg, smallest of 50',
      '50 p-values',
      Math.min(...benjaminiHochberg(last?.p ?? []).map((p) => p ?? 1)),
      Math.min(...(last?.adjusted ?? [])),
      scipy,
    ),
  ];
  return rows.sort((a, b) => (a.method < b.method ? -1 : Number(a.method > b.method)));
}
