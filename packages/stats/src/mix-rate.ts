/** One segment of a population in two windows: its weight (a share or a count) and its mean in each. */
export interface SegmentMeans {
  weightBefore: number;
  weightAfter: number;
  /** `undefined` where the segment has no weight. */
  meanBefore: number | undefined;
  meanAfter: number | undefined;
}

/** What a segment adds to the change of the overall mean: `contribution` = `rate` + `mix`. */
export interface MixRate {
  /** By its own mean having changed. */
  rate: number;
  /** By its share having changed, its mean being other than the overall one. */
  mix: number;
  contribution: number;
}

export interface MixRateDecomposition {
  before: number;
  after: number;
  /** In the order of the segments; the contributions add up to after − before. */
  segments: MixRate[];
}

/**
 * Exact decomposition of the change of a mean over segments that part the population, w being shares, m means and M the
 * overall mean: rate = ½(w⁰ + w¹)(m¹ − m⁰), mix = (w¹ − w⁰)(½(m⁰ + m¹) − ½(M⁰ + M¹)). A segment that is absent from one
 * window has the mean of the other there, so that all of its contribution is mix.
 *
 * `undefined` when a window weighs nothing or a mean is missing where there is weight.
 * Source: the symmetric (Bennet) form of the shift-share decomposition; Bennet (1920).
 */
export function mixRate(segments: readonly SegmentMeans[]): MixRateDecomposition | undefined {
  const totalBefore = segments.reduce((sum, { weightBefore }) => sum + weightBefore, 0);
  const totalAfter = segments.reduce((sum, { weightAfter }) => sum + weightAfter, 0);
  if (!(totalBefore > 0) || !(totalAfter > 0)) return undefined;
  let [before, after] = [0, 0];
  const shares: { w0: number; w1: number; m0: number; m1: number }[] = [];
  for (const { weightBefore, weightAfter, meanBefore, meanAfter } of segments) {
    const m0 = weightBefore > 0 ? meanBefore : meanAfter;
    const m1 = weightAfter > 0 ? meanAfter : meanBefore;
    if (weightBefore === 0 && weightAfter === 0) {
      shares.push({ w0: 0, w1: 0, m0: 0, m1: 0 });
      continue;
    }
    if (m0 === undefined || m1 === undefined || !Number.isFinite(m0) || !Number.isFinite(m1))
      return undefined;
    const share = { w0: weightBefore / totalBefore, w1: weightAfter / totalAfter, m0, m1 };
    shares.push(share);
    before += share.w0 * m0;
    after += share.w1 * m1;
  }
  const middle = (before + after) / 2;
  return {
    before,
    after,
    segments: shares.map(({ w0, w1, m0, m1 }) => {
      const rate = ((w0 + w1) / 2) * (m1 - m0);
      const mix = (w1 - w0) * ((m0 + m1) / 2 - middle);
      return { rate, mix, contribution: rate + mix };
    }),
  };
}
