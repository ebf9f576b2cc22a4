import type { ErrorSizes } from '@plumbline/contracts';

/** Sizes of errors, event by event. */
export function plainErrorSizes(pairs: readonly { e: number; actual: number }[]): ErrorSizes {
  const total = (of: (pair: { e: number; actual: number }) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0);
  const centre = total(({ actual }) => actual) / pairs.length;
  const bins = new Map<number, number>();
  for (const { e } of pairs) {
    if (e === 0) continue;
    const bin = Math.floor(32 * Math.log2(Math.abs(e)));
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  const sorted = [...bins].sort(([a], [b]) => a - b);
  const logs = pairs.flatMap(({ e, actual }) =>
    actual < 0 || actual + e < 0 ? [] : [(Math.log1p(actual + e) - Math.log1p(actual)) ** 2],
  );
  const logSquareSum = logs.reduce((sum, square) => sum + square, 0);
  const mean = logSquareSum / logs.length;
  return {
    zeros: pairs.filter(({ e }) => e === 0).length,
    bins: sorted.map(([bin]) => bin),
    counts: sorted.map(([, count]) => count),
    largest: Math.max(...pairs.map(({ e }) => Math.abs(e))),
    cubes: total(({ e }) => e ** 3),
    actual: total(({ e, actual }) => e * (actual - centre)),
    actualSquares: total(({ e, actual }) => e * (actual - centre) ** 2),
    logN: logs.length,
    logSquareSum,
    logSquareM2: logs.reduce((sum, square) => sum + (square - mean) ** 2, 0),
  };
}
