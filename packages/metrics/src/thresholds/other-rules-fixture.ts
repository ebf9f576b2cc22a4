import { jsDistance, wasserstein } from '@plumbline/stats';
import type { Sample } from './alarm-world-fixture.ts';

/** What the default drift rule of a library says of a further sample of a column. */
export type OtherRule = (current: Sample) => { value: number; threshold: number; drifted: boolean };

function joined(samples: readonly Sample[]): Sample {
  const [first] = samples;
  if (first && 'counts' in first) {
    const counts = first.counts.map((_, i) =>
      samples.reduce((sum, sample) => sum + ('counts' in sample ? (sample.counts[i] ?? 0) : 0), 0),
    );
    return { counts };
  }
  const values = samples.flatMap((sample) => ('values' in sample ? [...sample.values] : []));
  return { values: Float64Array.from(values) };
}

function momentsOf(values: ArrayLike<number>): { mean: number; deviation: number; skewness: number } {
  const numbers = Array.from(values);
  const average = (of: (value: number) => number) =>
    numbers.reduce((sum, value) => sum + of(value), 0) / numbers.length;
  const mean = average((value) => value);
  const deviation = Math.sqrt(average((value) => (value - mean) ** 2));
  return { mean, deviation, skewness: average((value) => ((value - mean) / deviation) ** 3) };
}

/**
 * Evidently with more than 1,000 reference rows: the Wasserstein distance over the reference's standard deviation for
 * numbers, the Jensen–Shannon distance in nats for categories, drift from 0.1 on.
 */
export function evidentlyRule(reference: readonly Sample[]): OtherRule {
  const all = joined(reference);
  const threshold = 0.1;
  const distance = (current: Sample): number => {
    if ('counts' in all && 'counts' in current) {
      return (jsDistance(all.counts, current.counts) ?? 0) * Math.sqrt(Math.LN2);
    }
    if (!('values' in all && 'values' in current)) throw new TypeError('samples of two kinds');
    return (wasserstein(all.values, current.values) ?? 0) / scale;
  };
  const scale = 'values' in all ? Math.max(momentsOf(all.values).deviation, 0.001) : 1;
  return (current) => {
    const value = distance(current);
    return { value, threshold, drifted: value >= threshold };
  };
}

/** Bin edges by Doane's rule, as numpy draws them. */
function doaneEdges(values: Float64Array): number[] {
  const n = values.length;
  const sorted = values.toSorted();
  const [min, max] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const error = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  const bins = Math.ceil(1 + Math.log2(n) + Math.log2(1 + Math.abs(momentsOf(values).skewness) / error));
  return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? max : min + ((max - min) * i) / bins));
}

/** Counts between edges, the last bin closed, and what lies outside as one more. */
function countsBetween(edges: readonly number[], values: Float64Array): number[] {
  const counts = edges.map(() => 0);
  const [min, max, bins] = [edges[0] ?? 0, edges.at(-1) ?? 0, edges.length - 1];
  for (const value of values) {
    const isInside = value >= min && value <= max;
    const bin = isInside ? Math.min(bins - 1, Math.floor(((value - min) / (max - min)) * bins)) : bins;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/**
 * NannyML: the Jensen–Shannon distance in bits from the whole reference, on Doane's bins for numbers; drift above mean
 * plus three standard deviations of the distances of the reference's own chunks.
 */
export function nannymlRule(chunks: readonly Sample[]): OtherRule {
  const all = joined(chunks);
  const edges = 'values' in all ? doaneEdges(all.values) : [];
  const countsOf = (sample: Sample) =>
    'counts' in sample ? sample.counts : countsBetween(edges, sample.values);
  const reference = countsOf(all);
  const distance = (sample: Sample) => jsDistance(reference, countsOf(sample)) ?? 0;
  const { mean, deviation } = momentsOf(chunks.map(distance));
  const threshold = mean + 3 * deviation;
  return (current) => {
    const value = distance(current);
    return { value, threshold, drifted: value > threshold };
  };
}
