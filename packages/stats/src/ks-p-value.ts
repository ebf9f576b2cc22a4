/** Pairs of rows up to which the exact form takes some milliseconds. */
const quickPairs = 1e6;

/**
 * Two-sided p-value of a two-sample Kolmogorov–Smirnov statistic for sample sizes n1 and n2.
 *
 * Exact (no ties assumed; conservative with ties) when n1·n2 ≤ `exactPairs` (default 1e6), by the lattice path
 * recursion in its probability form, which only adds positive terms and so is exact in the far tail. Otherwise Stephens'
 * approximation Q_KS((√e + 0.12 + 0.11/√e)·D), e = n1·n2/(n1+n2).
 *
 * `undefined` when a size is below 1 or the statistic is NaN. Sizes are rounded down to whole rows.
 * Sources: Schröer & Trenkler (1995); Viehmann (2021), arXiv:2102.08037; Stephens (1970).
 */
export function ksPValue(
  statistic: number,
  n1: number,
  n2: number,
  exactPairs = quickPairs,
): number | undefined {
  const a = Math.floor(n1);
  const b = Math.floor(n2);
  if (Number.isNaN(statistic) || !(a >= 1) || !(b >= 1) || !Number.isFinite(a + b)) return undefined;
  if (statistic <= 0) return 1;
  if (a * b <= exactPairs) return exactSurvival(statistic, a, b);
  const root = Math.sqrt((a / (a + b)) * b);
  return kolmogorovSurvival((root + 0.12 + 0.11 / root) * statistic);
}

/** P(D ≥ statistic): probability that a random lattice path to (m, n) meets |i/m − j/n| ≥ statistic. */
function exactSurvival(statistic: number, m: number, n: number): number {
  // Attainable statistics are whole multiples of 1/(m·n); the slack undoes rounding in the caller's division.
  const barrier = Math.ceil(statistic * m * n - 1e-7);
  if (barrier > m * n) return 0;
  const hit = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      if (Math.abs(i * n - j * m) >= barrier) hit[j] = 1;
      else if (i + j > 0) {
        const fromBelow = i > 0 ? (i / (i + j)) * (hit[j] ?? 0) : 0;
        const fromLeft = j > 0 ? (j / (i + j)) * (hit[j - 1] ?? 0) : 0;
        hit[j] = fromBelow + fromLeft;
      }
    }
  }
  return Math.min(1, hit[n] ?? 0);
}

function kolmogorovSurvival(lambda: number): number {
  let sum = 0;
  if (lambda < 1.18) {
    for (let k = 1; k <= 20; k++)
      sum += Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * lambda * lambda));
    return Math.min(1, Math.max(0, 1 - (Math.sqrt(2 * Math.PI) / lambda) * sum));
  }
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.min(1, Math.max(0, 2 * sum));
}
