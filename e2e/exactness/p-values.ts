function logGamma(x: number): number {
  // Stirling's series after shifting x up; relative error below 1e-15 from 15 on.
  let shift = 0;
  let at = x;
  while (at < 15) {
    shift += Math.log(at);
    at += 1;
  }
  const square = at * at;
  const series =
    (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square) / square) / square) / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** P(χ² ≥ statistic) with the given degrees of freedom: a finite sum, from the tail of 0 or 1 degree upwards. */
export function chiSquareTail(statistic: number, degrees: number): number {
  if (degrees === 0) return 1;
  const half = statistic / 2;
  let tail = degrees % 2 === 1 ? erfc(Math.sqrt(half)) : Math.exp(-half);
  for (let a = degrees % 2 === 1 ? 0.5 : 1; a < degrees / 2; a += 1) {
    if (half > 0) tail += Math.exp(a * Math.log(half) - half - logGamma(a + 1));
  }
  return Math.min(1, tail);
}

/** Series below 2, continued fraction above. */
function erfc(x: number): number {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let k = 1; Math.abs(term) > 1e-18; k++) {
      term *= (-x * x) / k;
      sum += term / (2 * k + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/** Two-sample KS: exact while n1·n2 ≤ 10⁶, else Stephens' form of the Kolmogorov distribution. */
export function ksTail(statistic: number, n1: number, n2: number): number {
  if (statistic <= 0) return 1;
  if (n1 * n2 <= 1e6) return 1 - shareOfPathsInside(Math.ceil(statistic * n1 * n2 - 1e-7), n1, n2);
  const size = Math.sqrt((n1 * n2) / (n1 + n2));
  const lambda = (size + 0.12 + 0.11 / size) * statistic;
  let sum = 0;
  if (lambda < 1) {
    for (let k = 1; k < 50; k += 2) sum += Math.exp(-(k * k * Math.PI * Math.PI) / (8 * lambda * lambda));
    return 1 - (Math.sqrt(2 * Math.PI) / lambda) * sum;
  }
  for (let k = 1; k < 100; k++) sum -= (-1) ** k * Math.exp(-2 * k * k * lambda * lambda);
  return 2 * sum;
}

/** Share of the lattice paths to (n1, n2) on which |i·n2 − j·n1| stays below the barrier. */
function shareOfPathsInside(barrier: number, n1: number, n2: number): number {
  const inside = new Float64Array(n2 + 1);
  for (let i = 0; i <= n1; i++) {
    for (let j = 0; j <= n2; j++) {
      if (Math.abs(i * n2 - j * n1) >= barrier) inside[j] = 0;
      else if (i === 0 && j === 0) inside[j] = 1;
      else
        inside[j] = ((i > 0 ? (inside[j] ?? 0) * i : 0) + (j > 0 ? (inside[j - 1] ?? 0) * j : 0)) / (i + j);
    }
  }
  return inside[n2] ?? 0;
}
