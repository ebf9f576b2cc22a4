/** Beyond this n·d² the probability is below 1e-16, and its leading term suffices. */
const farTail = 18;

/**
 * P(D_n ≥ d): two-sided p-value of a one-sample Kolmogorov–Smirnov statistic of n rows, by the matrix of Marsaglia,
 * Tsang & Wang (2003), absolute error below 1e-12. Cost grows as (n·d)³·log n: meant for n up to some thousands.
 *
 * Two samples are compared by it with n = n₁n₂/(n₁+n₂), as scipy does when they are too
 * large for the exact form; scipy approximates it from some hundred rows on, within 3e-7.
 * `undefined` when n is below 1 or the statistic is NaN.
 */
export function oneSampleKsPValue(statistic: number, n: number): number | undefined {
  const rows = Math.round(n);
  if (Number.isNaN(statistic) || !(rows >= 1)) return undefined;
  if (statistic <= 0) return 1;
  if (statistic >= 1) return 0;
  if (rows * statistic * statistic > farTail) return 2 * Math.exp(-2 * rows * statistic * statistic);
  return Math.min(1, Math.max(0, 1 - cumulative(statistic, rows)));
}

function cumulative(d: number, n: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const { matrix, exponent } = power(transitions(k - n * d, size), size, n);
  let value = matrix[(k - 1) * size + k - 1] ?? 0;
  let scale = exponent;
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n;
    if (value < 1e-140) {
      value *= 1e140;
      scale -= 140;
    }
  }
  return value * 10 ** scale;
}

function transitions(h: number, size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  const at = (i: number, j: number) => i * size + j;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) matrix[at(i, j)] = i - j + 1 < 0 ? 0 : 1;
  }
  const subtract = (index: number, value: number) => {
    matrix[index] = (matrix[index] ?? 0) - value;
  };
  for (let i = 0; i < size; i++) {
    subtract(at(i, 0), h ** (i + 1));
    subtract(at(size - 1, i), h ** (size - i));
  }
  if (2 * h - 1 > 0) subtract(at(size - 1, 0), -((2 * h - 1) ** size));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= Math.min(i + 1, size - 1); j++) {
      for (let g = 2; g <= i - j + 1; g++) matrix[at(i, j)] = (matrix[at(i, j)] ?? 0) / g;
    }
  }
  return matrix;
}

interface Scaled {
  matrix: Float64Array;
  /** The true matrix is `matrix` · 10^exponent. */
  exponent: number;
}

function power(matrix: Float64Array, size: number, n: number): Scaled {
  if (n === 1) return { matrix, exponent: 0 };
  const half = power(matrix, size, Math.floor(n / 2));
  let result: Scaled = {
    matrix: product(half.matrix, half.matrix, size),
    exponent: 2 * half.exponent,
  };
  if (n % 2 === 1) result = { ...result, matrix: product(matrix, result.matrix, size) };
  const middle = result.matrix[Math.floor(size / 2) * (size + 1)] ?? 0;
  if (middle <= 1e140) return result;
  return { matrix: result.matrix.map((value) => value * 1e-140), exponent: result.exponent + 140 };
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k] ?? 0;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++)
        result[i * size + j] = (result[i * size + j] ?? 0) + factor * (b[k * size + j] ?? 0);
    }
  }
  return result;
}
