import { requireSameLength } from './require-same-length.ts';

/** A non-decreasing function: linear between the points, constant beyond the first and the last. `x` strictly ascends. */
export interface IsotonicFit {
  x: number[];
  y: number[];
}

interface Pool {
  x: number;
  weight: number;
  /** Weighted mean of y. */
  mean: number;
}

/**
 * Isotonic (non-decreasing) least-squares regression of y on x by pooling adjacent violators. Rows with equal x count as
 * one, with their weighted mean; rows of weight 0 and rows that are not finite do not count. Inside a run of equal fitted
 * values only the two ends are kept, which leaves the function as it is.
 *
 * `undefined` without a row. Throws RangeError when the lengths differ.
 * Source: Barlow et al. (1972), "Statistical Inference under Order Restrictions"; as `IsotonicRegression` of scikit-learn.
 */
export function isotonicRegression(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights?: ArrayLike<number>,
): IsotonicFit | undefined {
  requireSameLength(x, y);
  if (weights) requireSameLength(x, weights);
  const points = distinctPoints(x, y, weights);
  if (points.length === 0) return undefined;
  const fitted = poolViolators(points);
  const isEnd = (i: number) =>
    i === 0 || i === fitted.length - 1 || fitted[i] !== fitted[i - 1] || fitted[i] !== fitted[i + 1];
  const kept = points.map((_, i) => i).filter(isEnd);
  return { x: kept.map((i) => points[i]?.x ?? 0), y: kept.map((i) => fitted[i] ?? 0) };
}

function distinctPoints(x: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): Pool[] {
  const rows: Pool[] = [];
  for (let i = 0; i < x.length; i++) {
    const row = { x: x[i] ?? Number.NaN, weight: weights?.[i] ?? 1, mean: y[i] ?? Number.NaN };
    const isRow = row.weight > 0 && row.weight < Infinity;
    if (isRow && Number.isFinite(row.x) && Number.isFinite(row.mean)) rows.push(row);
  }
  rows.sort((a, b) => a.x - b.x);
  const points: Pool[] = [];
  for (const row of rows) {
    const last = points.at(-1);
    if (last?.x === row.x) pool(last, row);
    else points.push(row);
  }
  return points;
}

/** The fitted value of every point. */
function poolViolators(points: readonly Pool[]): number[] {
  const blocks: (Pool & { points: number })[] = [];
  for (const point of points) {
    blocks.push({ ...point, points: 1 });
    for (;;) {
      const [before, last] = [blocks.at(-2), blocks.at(-1)];
      if (!before || !last || before.mean < last.mean) break;
      pool(before, last);
      before.points += last.points;
      blocks.pop();
    }
  }
  return blocks.flatMap((block) => new Array<number>(block.points).fill(block.mean));
}

function pool(into: Pool, other: Pool): void {
  const weight = into.weight + other.weight;
  into.mean += (other.mean - into.mean) * (other.weight / weight);
  into.weight = weight;
}
