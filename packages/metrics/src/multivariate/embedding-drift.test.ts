import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../random-fixture.ts';
import { centroidDistance } from './centroid-distance.ts';
import { embeddingDrift } from './embedding-drift.ts';
import { finish } from './finish-fixture.ts';
import type { VectorSample } from './vector-sample.ts';

/** Vectors around (1, 0, 0 …), moved along the second dimension. */
function vectors(rows: number, seed: number, moved = 0, dimensions = 20): VectorSample {
  const { normal } = randomNumbers(seed);
  return {
    times: Float64Array.from({ length: rows }, (_, row) => row),
    vectors: Array.from({ length: rows }, () =>
      Array.from({ length: dimensions }, (_, i) => (i === 0 ? 1 : i === 1 ? moved : 0) + 0.5 * normal()),
    ),
  };
}
const drift = (current: VectorSample, reference = vectors(600, 1), windowMs = 1e6) =>
  finish(embeddingDrift({ name: 'picture', reference, current, windowMs }));

describe('embedding drift', () => {
  it('vectors that moved are told apart, and their mean turned further than chance', () => {
    const found = drift(vectors(300, 2, 0.6));
    expect(found).toMatchObject({ name: 'picture', dimensions: 20, n: 300, n_reference: 600, left_out: 0 });
    expect(found).toMatchObject({ status: 'ok', centroid_p_value: 0.005, classifier: { drifted: true } });
    // A shift of 1.2 deviations along one dimension: AUC Φ(1.2/√2) ≈ 0.80, less what is lost in learning; the mean turns by atan(0.6).
    expect(found.classifier.value).toBeGreaterThan(0.75);
    expect(found.classifier.value).toBeLessThan(0.84);
    expect(found.centroid_distance).toBeCloseTo(1 - 1 / Math.hypot(1, 0.6), 1);
  });

  it('equal vectors are not, in twenty draws', () => {
    const runs = Array.from({ length: 20 }, (_, seed) =>
      drift(vectors(150, 100 + seed), vectors(300, 200 + seed)),
    );
    expect(runs.filter(({ classifier }) => classifier.drifted)).toEqual([]);
    expect(runs.filter(({ centroid_p_value: p }) => p !== null && p < 0.05).length).toBeLessThan(5);
  });

  it('vectors of another length are left out and counted', () => {
    const odd = { times: Float64Array.of(1, 2), vectors: [[1], [1, 2, 3]] };
    const { times, vectors: even } = vectors(300, 3);
    const mixed = { times: Float64Array.of(...times, ...odd.times), vectors: [...even, ...odd.vectors] };
    expect(drift(mixed)).toMatchObject({ n: 300, left_out: 2, status: 'ok' });
  });

  it.each([
    ['empty', vectors(0, 4), vectors(300, 1)],
    ['insufficient_data', vectors(99, 4), vectors(300, 1)],
    ['not_applicable', vectors(300, 4), vectors(0, 1)],
  ])('answers %s without a value or an alarm', (status, current, reference) => {
    const found = drift(current, reference);
    expect(found).toMatchObject({ status, centroid_distance: null, centroid_p_value: null });
    expect(found.classifier).toMatchObject({ status, value: null, drifted: false });
  });
});

it('the distance of mean vectors is 1 − cosine: 0 for one direction, 1 for a right angle, none for a zero vector', () => {
  const columns = (x: number, y: number) => [Float64Array.of(x, x), Float64Array.of(y, y)];
  const distance = (a: Float64Array[], b: Float64Array[]) => finish(centroidDistance(a, b, 1))?.distance;
  expect(distance(columns(1, 2), columns(3, 6))).toBeCloseTo(0, 12);
  expect(distance(columns(1, 0), columns(0, 5))).toBeCloseTo(1, 12);
  expect(distance(columns(1, 1), columns(-2, -2))).toBeCloseTo(2, 12);
  expect(distance(columns(0, 0), columns(1, 1))).toBeUndefined();
});
