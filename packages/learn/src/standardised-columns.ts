import type { FeatureColumn } from './feature-column.ts';

/**
 * How a column becomes a number of mean 0 and standard deviation 1 (of the population) on the training rows.
 * Categories count as their relative frequency there, one never seen as 0; missing values as the mean, or as the
 * commonest category.
 */
export type Standardisation = { name: string; mean: number; deviation: number } & (
  | { kind: 'numeric' }
  | { kind: 'categorical'; codes: number[]; shares: number[]; commonest: number }
);

/** Undefined when the column does not vary: there is no scale to measure it on. */
export function learnStandardisation(column: FeatureColumn): Standardisation | undefined {
  const { name, kind } = column;
  const numbers = kind === 'numeric' ? undefined : learnShares(column.values);
  const unscaled: Standardisation = numbers
    ? { name, kind: 'categorical', ...numbers, mean: 0, deviation: 1 }
    : { name, kind: 'numeric', mean: meanOf(column.values.filter(Number.isFinite)), deviation: 1 };
  const values = standardise(unscaled, column.values);
  const centre = meanOf(values);
  const deviation = Math.sqrt(meanOf(values.map((value) => (value - centre) ** 2)));
  const mean = unscaled.mean + centre;
  return deviation > 1e-12 * Math.max(1, Math.abs(mean)) ? { ...unscaled, mean, deviation } : undefined;
}

export function standardise(how: Standardisation, values: Float64Array): Float64Array {
  const { mean, deviation } = how;
  if (how.kind === 'numeric')
    return values.map((value) => (Number.isFinite(value) ? (value - mean) / deviation : 0));
  const shares = new Map(how.codes.map((code, i) => [code, how.shares[i] ?? 0]));
  return values.map((code) => {
    const share = shares.get(Number.isFinite(code) ? code : how.commonest) ?? 0;
    return (share - mean) / deviation;
  });
}

function learnShares(values: Float64Array) {
  const counts = new Map<number, number>();
  for (const code of values) if (Number.isFinite(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || a - b);
  const present = sorted.reduce((sum, [, count]) => sum + count, 0);
  const missing = values.length - present;
  return {
    commonest: sorted[0]?.[0] ?? 0,
    codes: sorted.map(([code]) => code),
    shares: sorted.map(([, count], i) => (count + (i === 0 ? missing : 0)) / values.length),
  };
}

const meanOf = (values: Float64Array) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
