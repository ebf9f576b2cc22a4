/**
 * Mean and variance of Σ|Xᵢ| for jointly normal Xᵢ of mean 0, deviations `deviations[i]` and correlations
 * `correlation(i, j)`, i < j: E|X| = σ√(2/π) and E|XY| = σ_x·σ_y·(2/π)·(√(1−ρ²) + ρ·asin ρ).
 * Source: Nabeya (1951), "Absolute moments in 2-dimensional normal distribution".
 */
export function foldedNormalSum(
  deviations: readonly number[],
  correlation: (i: number, j: number) => number,
): { mean: number; variance: number } {
  let mean = 0;
  let variance = 0;
  for (const [j, second] of deviations.entries()) {
    mean += second * Math.sqrt(2 / Math.PI);
    variance += second * second * (1 - 2 / Math.PI);
    for (let i = 0; i < j; i++) {
      const rho = Math.min(1, Math.max(-1, correlation(i, j)));
      const excess = Math.sqrt(1 - rho * rho) + rho * Math.asin(rho) - 1;
      variance += 2 * (deviations[i] ?? 0) * second * (2 / Math.PI) * excess;
    }
  }
  return { mean, variance };
}
