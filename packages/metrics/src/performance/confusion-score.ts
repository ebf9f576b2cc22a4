import type { Score } from '@plumbline/contracts';
import { type BinaryConfusion, type ConfusionMatrix, type Interval, normalInterval } from '@plumbline/stats';
import type { ModelInput } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { binaryConfusion } from './binary-confusion.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { classFloor, labelFloor } from './performance-metric.ts';

export interface Estimate {
  value: number | undefined;
  interval: Interval | undefined;
}

/** How a confusion is scored: of the positive label where there is one, else of the whole matrix. */
interface ConfusionRule {
  binary?: (counts: BinaryConfusion) => Estimate;
  matrix?: (counts: ConfusionMatrix) => Estimate;
}

/** A score of the confusion; binary models need enough rows of both classes. */
export function confusionScore({ context, current }: ModelInput, rule: ConfusionRule): Score {
  const cells = current.performance.confusion ?? [];
  const n = cells.reduce((sum, { count }) => sum + count, 0);
  const details = { n, exactness: 'exact', errorBound: 0 } as const;
  const short = shortage(n, labelFloor);
  if (short) return withoutValue(short, details);
  const scored = ({ value, interval }: Estimate) =>
    toScore(value, { ...details, lower: interval?.lower ?? null, upper: interval?.upper ?? null });
  const { counts } = confusionMatrix(cells, context);
  if (context.task === 'multiclass_classification')
    return rule.matrix ? scored(rule.matrix(counts)) : withoutValue('not_applicable', details);
  if (context.positiveLabel === null) return withoutValue('not_applicable', details);
  const binary = binaryConfusion(cells, context.positiveLabel);
  const positives = binary.tp + binary.fn;
  if (Math.min(positives, n - positives) < classFloor) return withoutValue('insufficient_data', details);
  const estimate = rule.binary?.(binary) ?? rule.matrix?.(counts);
  return estimate ? scored(estimate) : withoutValue('not_applicable', details);
}

/** Errors below it are rounding: no row was wrong, which does not say that none will be. */
const leastError = 1e-12;

/** A value with its normal interval, if it has an error. */
export function withError(
  value: number | undefined,
  error: number | undefined,
  range: { min: number; max: number },
): Estimate {
  const hasError = error !== undefined && error > leastError;
  return { value, interval: hasError ? normalInterval(value, error, range) : undefined };
}
