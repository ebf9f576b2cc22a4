import { type PooledGroups, permutationPValue } from '@plumbline/stats';

/** The p-value of a statistic of pooled samples by mixing their rows; see `permutationPValue`. Yields after every permutation. */
export function* groupPermutationP(
  groups: PooledGroups,
  statistic: (groups: PooledGroups) => number,
  options: { permutations: number; random: () => number },
): Generator<void, number> {
  const groupOf = new Uint32Array(groups.n1 + groups.n2);
  const isFirst = new Uint8Array(groupOf.length);
  const sizes = groups.first.map((count, i) => count + (groups.second[i] ?? 0));
  let row = 0;
  for (const [i, size] of sizes.entries()) {
    groupOf.fill(i, row, row + size);
    isFirst.fill(1, row, row + (groups.first[i] ?? 0));
    row += size;
  }
  const statisticOf = (side: Uint8Array) => {
    const first = new Array<number>(sizes.length).fill(0);
    for (let at = 0; at < side.length; at++) {
      const group = groupOf[at] ?? 0;
      if (side[at] === 1) first[group] = (first[group] ?? 0) + 1;
    }
    return statistic({ ...groups, first, second: sizes.map((size, i) => size - (first[i] ?? 0)) });
  };
  return yield* permutationPValue(isFirst, statisticOf, options);
}
