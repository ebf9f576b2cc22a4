import type { Moments } from './moments.ts';

/**
 * How far two means lie apart in units of the spread: √2·(m₁ − m₂)/√(s₁² + s₂²), variances with n in the denominator;
 * 0.2 is called small, 0.5 medium, 0.8 large. `undefined` without rows on a side, and when neither varies.
 * Source: Chung et al. (2019), "Slice Finder: Automated data slicing for model validation" (arXiv 1807.06068), section 2.3.
 */
export function effectSize(first: Moments, second: Moments): number | undefined {
  if (!(first.n > 0) || !(second.n > 0)) return undefined;
  const spread = first.m2 / first.n + second.m2 / second.n;
  return spread > 0 ? (Math.SQRT2 * (first.mean - second.mean)) / Math.sqrt(spread) : undefined;
}
