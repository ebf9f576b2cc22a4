import { sortedFinite } from './sorted-finite.ts';

/** Every distinct finite value of two samples, ascending, and how often each sample has it. */
export interface PooledGroups {
  values: number[];
  first: number[];
  second: number[];
  /** Finite values of each sample. */
  n1: number;
  n2: number;
}

/** Two samples as counts at their distinct values: what tests by rank are computed from. */
export function pooledGroups(a: ArrayLike<number>, b: ArrayLike<number>): PooledGroups {
  const x = sortedFinite(a);
  const y = sortedFinite(b);
  const groups: PooledGroups = { values: [], first: [], second: [], n1: x.length, n2: y.length };
  let i = 0;
  let j = 0;
  while (i < x.length || j < y.length) {
    const value = Math.min(x[i] ?? Infinity, y[j] ?? Infinity);
    const before = { i, j };
    while (x[i] === value) i += 1;
    while (y[j] === value) j += 1;
    groups.values.push(value);
    groups.first.push(i - before.i);
    groups.second.push(j - before.j);
  }
  return groups;
}
