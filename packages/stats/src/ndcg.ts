/**
 * Normalised discounted cumulative gain of ordering items by `scores`, given their true `gains`: Σ gain / log₂(place + 1)
 * over the same sum for the best order. Range [0, 1] for gains ≥ 0; 1 when the order loses nothing. Items of equal
 * score share the mean of their gains, so that their order does not matter. Of both orders the first `cutoff` places count.
 *
 * `undefined` without items, when a number is not finite, when a gain is negative or when all gains are 0. Throws
 * RangeError when the lengths differ.
 * Source: Järvelin & Kekäläinen (2002); ties as in scikit-learn's `ndcg_score`.
 */
export function ndcg(
  gains: readonly number[],
  scores: readonly number[],
  cutoff = Number.POSITIVE_INFINITY,
): number | undefined {
  if (gains.length !== scores.length) throw new RangeError('gains and scores of different lengths');
  if (gains.some((gain) => !(gain >= 0 && Number.isFinite(gain))) || !scores.every(Number.isFinite))
    return undefined;
  const best = cumulativeGain(gains, gains, cutoff);
  return best > 0 ? Math.min(1, cumulativeGain(gains, scores, cutoff) / best) : undefined;
}

function cumulativeGain(gains: readonly number[], scores: readonly number[], cutoff: number): number {
  const order = gains.map((_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  let total = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let gain = 0;
    let discount = 0;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[start] ?? 0]) {
      gain += gains[order[end] ?? 0] ?? 0;
      if (end < cutoff) discount += 1 / Math.log2(end + 2);
      end += 1;
    }
    total += (gain / (end - start)) * discount;
    start = end;
  }
  return total;
}
