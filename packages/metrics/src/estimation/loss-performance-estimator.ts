import { labelFloor } from '../performance/performance-metric.ts';
import { biasLimit } from './back-test.ts';
import type { NoEstimator, PerformanceEstimator } from './estimator.ts';
import type { HeldOutBlock, LearntLoss, StoredLossEstimator } from './loss-estimator.ts';
import { lossMetrics } from './loss-metrics.ts';

/** Estimates regression by what was learnt of the losses of the reference. */
export function lossPerformanceEstimator(stored: StoredLossEstimator): PerformanceEstimator | NoEstimator {
  if ('status' in stored) return { status: stored.status, reason: stored.reason };
  const n = Math.max(0, ...stored.losses.map((loss) => loss.n));
  const variances = stored.losses.flatMap(({ metric, varianceOfOne }) =>
    varianceOfOne === null ? [] : [[metric, varianceOfOne] as const],
  );
  return {
    expect: ({ losses }) =>
      losses && {
        n: losses.n,
        values: new Map(
          stored.losses.map(({ metric }) => {
            const sum = losses.sums.get(metric);
            return [metric, sum === undefined ? undefined : lossMetrics[metric]?.fromMean(sum / losses.n)];
          }),
        ),
      },
    isCalibrated: null,
    n,
    varianceOfOne: new Map(variances),
    weakness: weaknessOf(stored.losses),
    heldOut: stored.losses.map((loss) => ({
      metric: loss.metric,
      r2: loss.r2,
      blocks: loss.heldOut.map((block) => ({ ...block, bias: biasOfBlock(loss, block) })),
    })),
  };
}

/** In standard errors, of the block and of the rest of the reference that it was estimated from. */
function biasOfBlock({ n, varianceOfOne }: LearntLoss, block: HeldOutBlock): number | null {
  if (!varianceOfOne || block.n < labelFloor || n <= block.n) return null;
  return (block.estimated - block.realised) / Math.sqrt(varianceOfOne * (1 / block.n + 1 / (n - block.n)));
}

/** Said of the mean absolute error, which all estimates share their rows with. */
function weaknessOf(losses: readonly LearntLoss[]): string | null {
  const [first] = losses;
  if (!first) return null;
  const missed = first.heldOut.filter((block) => Math.abs(biasOfBlock(first, block) ?? 0) > biasLimit).length;
  if (2 * missed > first.heldOut.length)
    return `Of ${first.heldOut.length} stretches of the reference, ${missed} were missed by more than ${biasLimit} standard errors when they were held out.`;
  if ((first.r2 ?? 0) < 0)
    return 'On reference events held out, features and prediction tell nothing of the size of the error: the estimate repeats the reference’s.';
  return null;
}
