const mostPlayers = 15;

/**
 * Exact Shapley values of a game of `players` players: what each adds to the value, averaged over all orders in which
 * they can join. `worthOf` is asked once for every coalition, a bit mask of its players; 0 is nobody.
 *
 * The values add up to `worthOf(everybody) − worthOf(nobody)`. `undefined` as soon as a coalition has no finite value.
 * Cost: 2^players calls. @throws RangeError beyond 15 players. Source: Shapley (1953), "A value for n-person games".
 */
export function shapleyValues(
  players: number,
  worthOf: (coalition: number) => number | undefined,
): Float64Array | undefined {
  if (!Number.isInteger(players) || players < 0 || players > mostPlayers)
    throw new RangeError(`expected 0 to ${mostPlayers} players, got ${players}`);
  const values = new Float64Array(2 ** players);
  for (let coalition = 0; coalition < values.length; coalition++) {
    const value = worthOf(coalition);
    if (value === undefined || !Number.isFinite(value)) return undefined;
    values[coalition] = value;
  }
  const weights = joinWeights(players);
  const shapley = new Float64Array(players);
  for (let coalition = 0; coalition < values.length; coalition++) {
    const weight = weights[bitCount(coalition)] ?? 0;
    for (let player = 0; player < players; player++) {
      const joined = coalition | (1 << player);
      if (joined === coalition) continue;
      const gain = (values[joined] ?? 0) - (values[coalition] ?? 0);
      shapley[player] = (shapley[player] ?? 0) + weight * gain;
    }
  }
  return shapley;
}

/** By size s of the coalition that is joined: s!(M − s − 1)!/M!, the share of orders in which just those came before. */
function joinWeights(players: number): number[] {
  const weights = [1 / Math.max(1, players)];
  for (let size = 1; size < players; size++) weights.push(((weights.at(-1) ?? 0) * size) / (players - size));
  return weights;
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
