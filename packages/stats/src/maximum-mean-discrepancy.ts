import { medianDistance } from './median-distance.ts';
import { permutationPValue } from './permutation-p-value.ts';
import { sortedFinite } from './sorted-finite.ts';

export interface MaximumMeanDiscrepancy {
  /** MMD²; below 0 when the sides are closer than halves of one sample are expected to be. */
  value: number;
  pValue: number;
}

/**
 * Maximum mean discrepancy of two samples of numbers: unbiased MMD² with the kernel e^(−d²/2σ²), 2σ² the median squared
 * distance of all pairs (1 when that is 0), and its permutation p. Sensitive to any change of the distribution, most to
 * those as wide as σ. Time and memory grow with the square of the rows. Yields after every permutation.
 *
 * Non-finite values are dropped. `undefined` with fewer than two finite values in a sample.
 * Source: Gretton et al. (2012), "A kernel two-sample test".
 */
export function* maximumMeanDiscrepancy(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: { permutations: number; random: () => number },
): Generator<void, MaximumMeanDiscrepancy | undefined> {
  const [x, y] = [sortedFinite(a), sortedFinite(b)];
  const [n1, n2] = [x.length, y.length];
  if (n1 < 2 || n2 < 2) return undefined;
  const pooled = new Float64Array(n1 + n2);
  pooled.set(x);
  pooled.set(y, n1);
  const median = medianDistance(pooled.slice().sort()) ?? 0;
  const kernel = kernelSums(pooled, median > 0 ? median : 1);
  const isFirst = new Uint8Array(n1 + n2).fill(1, 0, n1);
  const statistic = (side: Uint8Array) => discrepancy(kernel, side, n1, n2);
  const value = statistic(isFirst);
  const pValue = yield* permutationPValue(isFirst, statistic, options);
  return { value, pValue };
}

interface KernelSums {
  /** Kernel of the pairs i < j, row by row. */
  upper: Float64Array;
  /** Sum over the other rows, of each row. */
  rows: Float64Array;
  /** Over all pairs i ≠ j. */
  total: number;
}

function kernelSums(values: Float64Array, width: number): KernelSums {
  const n = values.length;
  const upper = new Float64Array((n * (n - 1)) / 2);
  const rows = new Float64Array(n);
  let at = 0;
  for (let i = 0; i < n; i++) {
    const value = values[i] ?? 0;
    for (let j = i + 1; j < n; j++) {
      const distance = (value - (values[j] ?? 0)) / width;
      const kernel = Math.exp(-distance * distance);
      upper[at++] = kernel;
      rows[i] = (rows[i] ?? 0) + kernel;
      rows[j] = (rows[j] ?? 0) + kernel;
    }
  }
  return { upper, rows, total: rows.reduce((sum, row) => sum + row, 0) };
}

/** The pairs within the first side tell the other two sums by what they leave of the rows and of the total. */
function discrepancy(
  { upper, rows, total }: KernelSums,
  isFirst: Uint8Array,
  n1: number,
  n2: number,
): number {
  const n = isFirst.length;
  const inside: number[] = [];
  for (let i = 0; i < n; i++) if (isFirst[i] === 1) inside.push(i);
  let within = 0;
  let touching = 0;
  for (let k = 0; k < inside.length; k++) {
    const i = inside[k] ?? 0;
    touching += rows[i] ?? 0;
    const start = i * n - (i * (i + 1)) / 2 - i - 1;
    for (let l = k + 1; l < inside.length; l++) within += upper[start + (inside[l] ?? 0)] ?? 0;
  }
  const first = 2 * within;
  const across = touching - first;
  const second = total - first - 2 * across;
  return first / (n1 * (n1 - 1)) + second / (n2 * (n2 - 1)) - (2 * across) / (n1 * n2);
}
