import type { PerformanceProfile, Score } from '@plumbline/contracts';
import { meanInterval, type RegressionReport, regressionReport } from '@plumbline/stats';
import type { ModelInput } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { labelFloor } from './performance-metric.ts';

type Errors = NonNullable<PerformanceProfile['errors']>;

/** Mean-type errors name their sum and squared deviations, which give an interval from the standard error. */
interface RegressionRule {
  value: (report: RegressionReport) => number | undefined;
  moments?: (errors: Errors) => { sum: number; m2: number };
}

export function regressionScore({ current }: ModelInput, rule: RegressionRule): Score {
  const { errors } = current.performance;
  const n = errors?.n ?? 0;
  const details = { n, exactness: 'exact', errorBound: 0 } as const;
  const short = shortage(n, labelFloor);
  if (short || !errors) return withoutValue(short ?? 'empty', details);
  const moments = rule.moments?.(errors);
  const interval = moments && meanInterval(n, moments.sum, moments.m2);
  const report = reportOf(errors);
  return toScore(report && rule.value(report), {
    ...details,
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
  });
}

function reportOf(errors: Errors): RegressionReport | undefined {
  return regressionReport({
    n: errors.n,
    errorSum: errors.sum,
    absoluteErrorSum: errors.sumAbsolute,
    squaredErrorSum: errors.sumSquares,
    absoluteActualSum: 0,
    actualM2: errors.actualM2,
    relativeErrorSum: errors.percentageSum,
    relativeErrorCount: errors.percentageN,
  });
}
