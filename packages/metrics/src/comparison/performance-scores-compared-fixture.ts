import type { Score } from '@plumbline/contracts';
import {
  differenceInterval,
  falsePositiveRate,
  ksScore,
  negativePredictiveValue,
  quadraticWeightedKappa,
  topScores,
  wilson,
  youdenJ,
} from '@plumbline/stats';
import { profileErrors, profileOf } from '../profile-fixture.ts';
import { findMetric } from '../registry.ts';
import { type Compared, compared, readJson, type Versions } from './compared-fixture.ts';

interface Fixture {
  versions: Versions;
  binary: {
    tp: number;
    fp: number;
    fn: number;
    tn: number;
    falsePositiveRate: number;
    negativePredictiveValue: number;
    youdenJ: number;
    positives: number[];
    negatives: number[];
    ksScore: number;
    top: { precision: number; lift: number };
  }[];
  kappa: { counts: number[][]; value: number }[];
  regression: {
    actual: number[];
    predicted: number[];
    explainedVariance: number;
    medianAbsoluteError: number;
    p90AbsoluteError: number;
    maxError: number;
    rmsle: number | null;
  }[];
  newcombe: { x1: number; n1: number; x2: number; n2: number; upper: number }[];
}

/** As monitors and pages show it. */
function shown(metric: string, { actual, predicted }: Fixture['regression'][number]): Score | undefined {
  const rows = actual.map((y, i) => ({ actual: y, prediction: predicted[i] ?? Number.NaN }));
  const errors = profileErrors(rows);
  return findMetric(metric)?.scoreModel?.({
    context: { task: 'regression', positiveLabel: null },
    current: profileOf(errors.n, {}, { labelled: errors.n, errors }),
    reference: null,
  });
}

function ofRegression(row: Fixture['regression'][number], library: string, numpy: string): Compared[] {
  const data = `${row.actual.length} rows`;
  const of = (method: string, metric: string, theirs: number, from = library) => {
    const score = shown(metric, row);
    return compared(method, data, score?.value ?? undefined, theirs, from, score?.errorBound ?? 0);
  };
  if (row.actual.length < 30) return [];
  return [
    of('Explained variance', 'explained_variance', row.explainedVariance),
    of('`median_absolute_error` from bins', 'median_absolute_error', row.medianAbsoluteError),
    of('`p90_absolute_error` from bins', 'p90_absolute_error', row.p90AbsoluteError, numpy),
    of('Largest error', 'max_error', row.maxError),
    ...(row.rmsle === null ? [] : [of('Root mean squared logarithmic error', 'rmsle', row.rmsle)]),
  ];
}

/** Further scores of classifiers and regressors, and the interval of a difference. */
export function performanceScores(): Compared[] {
  const { versions, ...fixture } = readJson<Fixture>('stats/fixtures/performance.fixture.json');
  const sklearn = `scikit-learn ${versions['scikit-learn']}`;
  const numpy = `numpy ${versions.numpy}`;
  const share = (x: number, n: number) => ({ value: x / n, ...(wilson(x, n) ?? { lower: 0, upper: 1 }) });
  const rows = [
    ...fixture.binary.slice(0, 3).flatMap((row) => {
      const data = `${row.tp + row.fp + row.fn + row.tn} rows, ${row.tp + row.fn} positive`;
      const top = topScores(row.positives, row.negatives, 0.1);
      return [
        compared('False positive rate', data, falsePositiveRate(row), row.falsePositiveRate, sklearn),
        compared(
          'Negative predictive value',
          data,
          negativePredictiveValue(row),
          row.negativePredictiveValue,
          sklearn,
        ),
        compared('Youden’s J', data, youdenJ(row), row.youdenJ, sklearn),
        compared('KS score', data, ksScore(row.positives, row.negatives)?.value, row.ksScore, sklearn),
        compared('Precision in the top decile', data, top?.precision.value, row.top.precision, numpy),
        compared('Lift in the top decile', data, top?.lift.value, row.top.lift, numpy),
      ];
    }),
    ...fixture.kappa.map(({ counts, value }) => {
      const kappa = quadraticWeightedKappa(counts, [...counts.keys()]);
      return compared('Quadratic-weighted κ', `${counts.length} classes`, kappa?.value, value, sklearn);
    }),
    ...fixture.regression.flatMap((row) => ofRegression(row, sklearn, numpy)),
    ...fixture.newcombe.map(({ x1, n1, x2, n2, upper }) =>
      compared(
        'Interval of a difference of shares, upper end',
        `${x2} of ${n2} after ${x1} of ${n1}`,
        differenceInterval(share(x2, n2), share(x1, n1)).upper,
        upper,
        `statsmodels ${versions.statsmodels}`,
      ),
    ),
  ];
  return rows.sort((a, b) => (a.method < b.method ? -1 : Number(a.method > b.method)));
}
