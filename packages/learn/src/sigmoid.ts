/** 1/(1 + e⁻ˣ), the probability of log odds x. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
