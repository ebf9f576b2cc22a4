import { createRandom } from '@plumbline/learn';
import type { PooledGroups } from '@plumbline/stats';

/** Finite values of both sides, and the same pooled. */
export interface NumericSides {
  reference: Float64Array;
  current: Float64Array;
  groups: PooledGroups;
}

const permutations = 199;
const seed = 1;

/** Permutations that are the same ones for the same rows. */
export const seeded = () => ({ permutations, random: createRandom(seed) });

/** Why a test of sides with enough rows has no value: no value differs, or its formula has none for them. */
export const withoutNumber = ({ groups }: NumericSides) =>
  groups.values.length < 2 ? 'constant' : 'degenerate';
