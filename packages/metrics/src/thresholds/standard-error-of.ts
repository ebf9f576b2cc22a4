import type { MetricInfo, Score } from '@plumbline/contracts';

/** Half-width of a 95 % interval in standard errors. */
const z95 = 1.959964;

/** Standard error of a score's value: from its 95 % interval, or of a count by Poisson; null = not known. */
export function standardErrorOf({ value, lower, upper }: Score, { measures }: MetricInfo): number | null {
  if (lower != null && upper != null) return (upper - lower) / (2 * z95);
  return measures === 'count' && value !== null ? Math.sqrt(Math.max(1, value)) : null;
}
