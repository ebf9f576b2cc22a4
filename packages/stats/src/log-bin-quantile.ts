/** A quantile of values in geometric bins; `lower` and `upper` are the ends of its bin. */
export interface BinnedQuantile {
  value: number;
  lower: number;
  upper: number;
}

/**
 * Quantile by nearest rank (the smallest value that at least a share q of all do not exceed) of values counted in
 * geometric bins: bin 0 holds [0, 1), bin k ≥ 1 holds [2^((k − 1) / perOctave), 2^(k / perOctave)). The value is the
 * geometric middle of its bin, off by at most 2^(1 / (2 · perOctave)) − 1 of itself (4.4 % at 8 bins an octave); in
 * bin 0 it is 0, off by at most 1. `bins` ascend, q in [0, 1]. Undefined without values.
 *
 * Source: Masson, Rim & Lee (2019), DDSketch, with powers of 2.
 */
export function logBinQuantile(
  { bins, counts }: { bins: readonly number[]; counts: readonly number[] },
  q: number,
  perOctave: number,
): BinnedQuantile | undefined {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return undefined;
  const rank = Math.max(1, Math.ceil(q * n - 1e-9));
  let below = 0;
  const at = counts.findIndex((count) => {
    below += count;
    return below >= rank;
  });
  const bin = bins[at] ?? 0;
  if (bin === 0) return { value: 0, lower: 0, upper: 1 };
  return {
    value: 2 ** ((bin - 0.5) / perOctave),
    lower: 2 ** ((bin - 1) / perOctave),
    upper: 2 ** (bin / perOctave),
  };
}
