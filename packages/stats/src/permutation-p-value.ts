/** Relative: what two orders of adding the same terms may differ by. */
const rounding = 1e-9;

/**
 * The chance of a statistic at least as large when rows are mixed at random over the two sides: (1 + number of
 * permutations at least as large) / (1 + permutations), so that p is never 0.
 *
 * `isFirst` has 1 for the rows of the first side and 0 for the others; it is copied. `random` gives uniform numbers in
 * [0, 1). Yields after every permutation.
 * Source: Phipson and Smyth (2010), "Permutation p-values should never be zero".
 */
export function* permutationPValue(
  isFirst: Uint8Array,
  statistic: (isFirst: Uint8Array) => number,
  { permutations, random }: { permutations: number; random: () => number },
): Generator<void, number> {
  const observed = statistic(isFirst);
  const least = observed - rounding * Math.abs(observed);
  const side = isFirst.slice();
  let asLarge = 1;
  for (let i = 0; i < permutations; i++) {
    shuffle(side, random);
    if (statistic(side) >= least) asLarge += 1;
    yield;
  }
  return asLarge / (permutations + 1);
}

function shuffle(items: Uint8Array, random: () => number): void {
  for (let row = items.length - 1; row > 0; row--) {
    const other = Math.floor(random() * (row + 1));
    const moved = items[row] ?? 0;
    items[row] = items[other] ?? 0;
    items[other] = moved;
  }
}
