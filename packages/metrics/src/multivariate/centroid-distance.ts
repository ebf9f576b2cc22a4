import { createRandom } from '@plumbline/learn';
import { permutationPValue } from '@plumbline/stats';

const permutations = 199;

/**
 * 1 − cosine of the angle between the mean vectors of two sets of rows, given as columns (the dimensions), and the chance
 * of a distance this large when the rows were mixed at random: (1 + number of 199 seeded permutations at least as far) / 200.
 * Null where a mean is the zero vector. Yields after every permutation.
 */
export function* centroidDistance(
  reference: readonly Float64Array[],
  current: readonly Float64Array[],
  seed: number,
): Generator<void, { distance: number; pValue: number } | null> {
  const before = reference[0]?.length ?? 0;
  const columns = reference.map((values, i) => {
    const both = new Float64Array(before + (current[i]?.length ?? 0));
    both.set(values);
    both.set(current[i] ?? [], before);
    return both;
  });
  const rows = columns[0]?.length ?? 0;
  const isFirst = new Uint8Array(rows).fill(1, 0, before);
  const distance = distanceOf(columns, isFirst);
  if (distance === null) return null;
  const pValue = yield* permutationPValue(isFirst, (side) => distanceOf(columns, side) ?? 2, {
    permutations,
    random: createRandom(seed),
  });
  return { distance, pValue };
}

function distanceOf(columns: readonly Float64Array[], isFirst: Uint8Array): number | null {
  let product = 0;
  let first = 0;
  let second = 0;
  for (const values of columns) {
    let inside = 0;
    let outside = 0;
    for (let row = 0; row < values.length; row++) {
      const value = values[row] as number;
      if (isFirst[row] === 1) inside += value;
      else outside += value;
    }
    product += inside * outside;
    first += inside * inside;
    second += outside * outside;
  }
  const length = Math.sqrt(first) * Math.sqrt(second);
  return length > 0 ? Math.max(0, Math.min(2, 1 - product / length)) : null;
}
