import type { ErrorSpread, PerformanceProfile } from '@plumbline/contracts';
import { mergeMoments } from '@plumbline/stats';
import { mergeErrorSizes } from './merge-error-sizes.ts';
import { mergedM2 } from './sum-moments.ts';

type Errors = NonNullable<PerformanceProfile['errors']>;

/** Regression sums of two sets of rows put together. */
export function mergeErrors(a: Errors, b: Errors): Errors {
  const actual = mergeMoments(
    { n: a.n, mean: a.actualMean, m2: a.actualM2 },
    { n: b.n, mean: b.actualMean, m2: b.actualM2 },
  );
  const spread = mergeSpreads(a, b, actual.mean);
  const sizes = mergeErrorSizes(a, b, actual.mean);
  return {
    n: a.n + b.n,
    sum: a.sum + b.sum,
    sumAbsolute: a.sumAbsolute + b.sumAbsolute,
    sumSquares: a.sumSquares + b.sumSquares,
    percentageN: a.percentageN + b.percentageN,
    percentageSum: a.percentageSum + b.percentageSum,
    actualMean: actual.mean,
    actualM2: actual.m2,
    m2: mergedM2([a.n, a.sum, a.m2], [b.n, b.sum, b.m2]),
    absoluteM2: mergedM2([a.n, a.sumAbsolute, a.absoluteM2], [b.n, b.sumAbsolute, b.absoluteM2]),
    ...(spread ? { spread } : {}),
    ...(sizes ? { sizes } : {}),
  };
}

/** Unknown when a side that has rows does not know its own. */
function mergeSpreads(a: Errors, b: Errors, actualMean: number): ErrorSpread | undefined {
  if (a.n === 0) return b.spread;
  if (b.n === 0) return a.spread;
  if (!a.spread || !b.spread) return undefined;
  const [s, t] = [aroundMean(a, a.spread, actualMean), aroundMean(b, b.spread, actualMean)];
  const meanGap = (x: number, y: number) => x / a.n - y / b.n;
  return {
    squaredM2: mergedM2([a.n, a.sumSquares, s.squaredM2], [b.n, b.sumSquares, t.squaredM2]),
    percentageM2: mergedM2(
      [a.percentageN, a.percentageSum, s.percentageM2],
      [b.percentageN, b.percentageSum, t.percentageM2],
    ),
    actualM3: s.actualM3 + t.actualM3,
    actualM4: s.actualM4 + t.actualM4,
    squaredActual: s.squaredActual + t.squaredActual,
    squaredActualM2: s.squaredActualM2 + t.squaredActualM2,
    absoluteActualSum: s.absoluteActualSum + t.absoluteActualSum,
    absoluteActualM2: mergedM2(
      [a.n, s.absoluteActualSum, s.absoluteActualM2],
      [b.n, t.absoluteActualSum, t.absoluteActualM2],
    ),
    absoluteComoment:
      s.absoluteComoment +
      t.absoluteComoment +
      meanGap(a.sumAbsolute, b.sumAbsolute) *
        meanGap(s.absoluteActualSum, t.absoluteActualSum) *
        ((a.n * b.n) / (a.n + b.n)),
    symmetricN: s.symmetricN + t.symmetricN,
    symmetricSum: s.symmetricSum + t.symmetricSum,
    symmetricM2: mergedM2(
      [s.symmetricN, s.symmetricSum, s.symmetricM2],
      [t.symmetricN, t.symmetricSum, t.symmetricM2],
    ),
  };
}

/** The sums of powers of d = actual − mean, taken around another mean. */
function aroundMean(errors: Errors, spread: ErrorSpread, mean: number): ErrorSpread {
  const { n, actualMean, actualM2, sumSquares } = errors;
  const { actualM3, actualM4, squaredActual, squaredActualM2 } = spread;
  const by = actualMean - mean;
  return {
    ...spread,
    actualM3: actualM3 + 3 * by * actualM2 + n * by ** 3,
    actualM4: actualM4 + 4 * by * actualM3 + 6 * by ** 2 * actualM2 + n * by ** 4,
    squaredActual: squaredActual + by * sumSquares,
    squaredActualM2: squaredActualM2 + 2 * by * squaredActual + by ** 2 * sumSquares,
  };
}
