import type { LossSpread, PerformanceProfile } from '@plumbline/contracts';
import { mergedM2 } from './sum-moments.ts';

type Losses = NonNullable<PerformanceProfile['probabilities']>;

/** The spread of two sets of rows put together; unknown when a side that has rows does not know its own. */
export function mergeLossSpreads(a: Losses, b: Losses): LossSpread | undefined {
  if (a.n === 0) return b.spread;
  if (b.n === 0) return a.spread;
  if (!a.spread || !b.spread) return undefined;
  return {
    logLossM2: mergedM2([a.n, a.logLossSum, a.spread.logLossM2], [b.n, b.logLossSum, b.spread.logLossM2]),
    brierM2: mergedM2([a.n, a.brierSum, a.spread.brierM2], [b.n, b.brierSum, b.spread.brierM2]),
  };
}
