import type { ErrorSizes, PerformanceProfile } from '@plumbline/contracts';
import { mergedM2 } from './sum-moments.ts';

type Errors = NonNullable<PerformanceProfile['errors']>;

/** Sizes of the errors of two sets of rows put together; unknown when a side that has rows does not know its own. */
export function mergeErrorSizes(a: Errors, b: Errors, actualMean: number): ErrorSizes | undefined {
  if (a.n === 0) return b.sizes;
  if (b.n === 0) return a.sizes;
  if (!a.sizes || !b.sizes) return undefined;
  const [s, t] = [aroundMean(a, a.sizes, actualMean), aroundMean(b, b.sizes, actualMean)];
  const counts = new Map<number, number>();
  for (const { bins, counts: of } of [s, t])
    for (const [i, bin] of bins.entries()) counts.set(bin, (counts.get(bin) ?? 0) + (of[i] ?? 0));
  const sorted = [...counts].sort(([x], [y]) => x - y);
  return {
    zeros: s.zeros + t.zeros,
    bins: sorted.map(([bin]) => bin),
    counts: sorted.map(([, count]) => count),
    largest: Math.max(s.largest, t.largest),
    cubes: s.cubes + t.cubes,
    actual: s.actual + t.actual,
    actualSquares: s.actualSquares + t.actualSquares,
    logN: s.logN + t.logN,
    logSquareSum: s.logSquareSum + t.logSquareSum,
    logSquareM2: mergedM2([s.logN, s.logSquareSum, s.logSquareM2], [t.logN, t.logSquareSum, t.logSquareM2]),
  };
}

/** The sums of d = actual − mean actual, taken around another mean. */
function aroundMean({ sum, actualMean: own }: Errors, sizes: ErrorSizes, mean: number): ErrorSizes {
  const by = own - mean;
  return {
    ...sizes,
    actual: sizes.actual + by * sum,
    actualSquares: sizes.actualSquares + 2 * by * sizes.actual + by ** 2 * sum,
  };
}
