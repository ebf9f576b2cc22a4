import type { EmbeddingDrift } from '@plumbline/contracts';
import type { FeatureColumn } from '@plumbline/learn';
import { centroidDistance } from './centroid-distance.ts';
import { domainClassifier } from './domain-classifier.ts';
import type { VectorSample } from './vector-sample.ts';

const leastRows = 100;
const seed = 1;

/**
 * Drift of an embedding: how far the mean vector turned, and how well logistic regression on the dimensions tells the
 * window's vectors from the reference's, with threshold and floors of the {@link domainClassifier}. Vectors with another
 * number of dimensions than most of the reference's are left out and counted. The classifier alone decides: with many
 * vectors every distance is significant.
 */
export function* embeddingDrift(input: {
  name: string;
  reference: VectorSample;
  current: VectorSample;
  /** Length of the window. */
  windowMs: number;
  referenceValues?: readonly number[];
}): Generator<void, EmbeddingDrift> {
  const { name, reference, current, windowMs, referenceValues } = input;
  const dimensions = commonLength(reference.vectors);
  const before = withLength(reference, dimensions);
  const after = withLength(current, dimensions);
  const classifier = yield* domainClassifier({
    reference: toColumns(before, dimensions),
    current: toColumns(after, dimensions),
    times: before.times,
    windowMs,
    learner: 'linear',
    ...(referenceValues ? { referenceValues } : {}),
  });
  const isEnough = Math.min(before.vectors.length, after.vectors.length) >= leastRows;
  const centroids = isEnough
    ? yield* centroidDistance(
        toColumns(before, dimensions).map(({ values }) => values),
        toColumns(after, dimensions).map(({ values }) => values),
        seed,
      )
    : null;
  return {
    name,
    dimensions,
    n: after.vectors.length,
    n_reference: before.vectors.length,
    left_out:
      reference.vectors.length - before.vectors.length + current.vectors.length - after.vectors.length,
    status: classifier.status === 'ok' && !centroids ? 'degenerate' : classifier.status,
    centroid_distance: centroids?.distance ?? null,
    centroid_p_value: centroids?.pValue ?? null,
    classifier,
  };
}

function commonLength(vectors: readonly ArrayLike<number>[]): number {
  const counts = new Map<number, number>();
  for (const { length } of vectors) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0]?.[0] ?? 0;
}

function withLength({ times, vectors }: VectorSample, length: number): VectorSample {
  const kept = [...vectors.keys()].filter((row) => vectors[row]?.length === length);
  return {
    times: Float64Array.from(kept, (row) => times[row] ?? 0),
    vectors: kept.map((row) => vectors[row] ?? []),
  };
}

const toColumns = ({ vectors }: VectorSample, dimensions: number): FeatureColumn[] =>
  Array.from({ length: dimensions }, (_, i) => ({
    name: String(i),
    kind: 'numeric',
    values: Float64Array.from(vectors, (vector) => vector[i] ?? Number.NaN),
  }));
