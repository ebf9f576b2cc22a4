import type { Moments } from './moments.ts';

/**
 * Moments of two samples put together, by Chan, Golub & LeVeque's (1979) pairwise update, which does not
 * cancel as Σx²−n·mean² does. A side with n = 0 is neutral.
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.n === 0) return { ...b };
  if (b.n === 0) return { ...a };
  const n = a.n + b.n;
  const delta = b.mean - a.mean;
  return {
    n,
    mean: a.mean + delta * (b.n / n),
    m2: a.m2 + b.m2 + delta * delta * a.n * (b.n / n),
  };
}
