import {
  goodnessOfFit,
  jsDistance,
  ksPValue,
  ksStatistic,
  oneSampleKsPValue,
  twoProportionZ,
  wasserstein,
} from '@plumbline/stats';
import { countValues } from './count-values.ts';
import { type LibraryDrift, type LibraryRule, presentOf, withoutDrift } from './library-drift.ts';

/** Up to this many reference rows Evidently tests, beyond it measures a distance. */
const testedRows = 1000;
/** Numeric columns of at most this many distinct values are treated as categories. */
const fewValues = 5;
/** scipy's two-sample KS test is exact while neither sample has more rows. */
const exactRows = 10_000;
const smallestDeviation = 0.001;
const significance = 0.05;
const distanceLimit = 0.1;

interface Sides {
  reference: (number | string)[];
  current: (number | string)[];
}

/**
 * Drift of a column as Evidently 0.7 finds it by default.
 *
 * Missing and infinite values are dropped. Up to 1000 reference rows: two-sample Kolmogorov–Smirnov for numbers of more
 * than five distinct values (p ≤ 0.05), else χ² against the reference shares taken as exact, or the two-proportion
 * z-test for at most two values (p < 0.05). Beyond: the Wasserstein distance over the reference's standard deviation
 * (at least 0.001) for numbers, else the Jensen–Shannon distance in natural logarithm (≥ 0.1). Distinct values are
 * those of both sides together. Evidently refuses an empty side; here the status is `empty`.
 * Source: evidently 0.7.23, `legacy/calculations/stattests/registry.py` and the modules it names.
 */
export const evidentlyDrift: LibraryRule = ({ kind, reference: allReference, current: allCurrent }) => {
  const sides = { reference: presentOf(allReference), current: presentOf(allCurrent) };
  const distinct = new Set([...new Set(sides.reference), ...new Set(sides.current)]).size;
  const isContinuous = kind === 'numeric' && distinct > fewValues;
  const isTested = sides.reference.length <= testedRows;
  const rule = isTested
    ? isContinuous
      ? ksTest
      : distinct > 2
        ? chiSquareTest
        : zTest
    : isContinuous
      ? normedWasserstein
      : naturalJensenShannon;
  if (sides.reference.length === 0 || sides.current.length === 0)
    return withoutDrift({ metric: 'evidently', method: 'none: a side has no values' }, 'empty');
  return rule(sides);
};

const numbers = (values: (number | string)[]) => Float64Array.from(values, Number);

function ksTest({ reference, current }: Sides): LibraryDrift {
  const [n, m] = [reference.length, current.length];
  const statistic = ksStatistic(numbers(reference), numbers(current)) ?? Number.NaN;
  const pValue =
    Math.max(n, m) <= exactRows
      ? ksPValue(statistic, n, m, exactRows * testedRows)
      : oneSampleKsPValue(statistic, (n * m) / (n + m));
  return test(
    'evidently_ks',
    'Kolmogorov–Smirnov test of the two samples; drift when p ≤ 0.05',
    pValue,
    (p) => p <= significance,
  );
}

function chiSquareTest({ reference, current }: Sides): LibraryDrift {
  const counts = countValues(reference, current);
  return test(
    'evidently_chisquare',
    'χ² test of the counts against the shares of the reference, taken as exact; drift when p < 0.05',
    goodnessOfFit(counts.reference, counts.current)?.pValue,
    (p) => p < significance,
  );
}

function zTest({ reference, current }: Sides): LibraryDrift {
  const counts = countValues(reference, current);
  const z = twoProportionZ(
    counts.reference[0] ?? 0,
    reference.length,
    counts.current[0] ?? 0,
    current.length,
  );
  return test(
    'evidently_z',
    'z-test of the share of one of two values; drift when p < 0.05',
    z?.pValue,
    (p) => p < significance,
  );
}

function normedWasserstein({ reference, current }: Sides): LibraryDrift {
  const [x, y] = [numbers(reference), numbers(current)];
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length);
  const value = wasserstein(x, y);
  return distance(
    'evidently_wasserstein',
    'Wasserstein distance over the standard deviation of the reference; drift from 0.1 on',
    value === undefined ? undefined : value / Math.max(deviation, smallestDeviation),
  );
}

function naturalJensenShannon({ reference, current }: Sides): LibraryDrift {
  const counts = countValues(reference, current);
  const value = jsDistance(counts.reference, counts.current);
  return distance(
    'evidently_jensenshannon',
    'Jensen–Shannon distance in natural logarithm; drift from 0.1 on',
    value === undefined ? undefined : value * Math.sqrt(Math.LN2),
  );
}

function test(
  metric: string,
  method: string,
  pValue: number | undefined,
  isDrift: (p: number) => boolean,
): LibraryDrift {
  if (pValue === undefined) return withoutDrift({ metric, method }, 'degenerate');
  const drifted = isDrift(pValue);
  return { metric, method, value: pValue, pValue, threshold: significance, drifted, status: 'ok' };
}

function distance(metric: string, method: string, value: number | undefined): LibraryDrift {
  if (value === undefined) return withoutDrift({ metric, method }, 'degenerate');
  const drifted = value >= distanceLimit;
  return { metric, method, value, pValue: null, threshold: distanceLimit, drifted, status: 'ok' };
}
