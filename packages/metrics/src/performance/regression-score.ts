import type { PerformanceProfile, Score } from '@plumbline/contracts';
import { type Interval, type RegressionReport, regressionReport } from '@plumbline/stats';
import type { ModelInput } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { labelFloor } from './performance-metric.ts';

type Errors = NonNullable<PerformanceProfile['errors']>;

interface RegressionRule {
  value: (report: RegressionReport, errors: Errors) => number | undefined;
  interval: (errors: Errors, value: number) => Interval | undefined;
  /** Whether the value can be told; the sums of some profiles lack what it takes. */
  needs?: (errors: Errors) => boolean;
}

export function regressionScore({ current }: ModelInput, rule: RegressionRule): Score {
  const { errors } = current.performance;
  const n = errors?.n ?? 0;
  const details = { n, exactness: 'exact', errorBound: 0 } as const;
  const short = shortage(n, labelFloor);
  if (short || !errors) return withoutValue(short ?? 'empty', details);
  if (rule.needs && !rule.needs(errors)) return withoutValue('not_applicable', details);
  const report = reportOf(errors);
  const value = report && rule.value(report, errors);
  const interval = value === undefined ? undefined : rule.interval(errors, value);
  return toScore(value, { ...details, lower: interval?.lower ?? null, upper: interval?.upper ?? null });
}

function reportOf(errors: Errors): RegressionReport | undefined {
  return regressionReport({
    n: errors.n,
    errorSum: errors.sum,
    absoluteErrorSum: errors.sumAbsolute,
    squaredErrorSum: errors.sumSquares,
    absoluteActualSum: errors.spread?.absoluteActualSum ?? 0,
    actualM2: errors.actualM2,
    relativeErrorSum: errors.percentageSum,
    relativeErrorCount: errors.percentageN,
  });
}
