import type { Score } from '@plumbline/contracts';
import { type AveragedScores, type BinaryConfusion, multiclassReport, wilson } from '@plumbline/stats';
import type { ModelInput } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { binaryConfusion } from './binary-confusion.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { classFloor, labelFloor } from './performance-metric.ts';

interface ConfusionRule {
  binary: (counts: BinaryConfusion) => number | undefined;
  macro: keyof AveragedScores;
  /** Successes and trials, where the value is a proportion: gives a Wilson interval. */
  proportion?: (counts: BinaryConfusion) => { successes: number; n: number };
}

/** Binary: of the positive label. Multiclass: the macro average, without an interval. */
export function confusionScore({ context, current }: ModelInput, rule: ConfusionRule): Score {
  const cells = current.performance.confusion ?? [];
  const n = cells.reduce((sum, { count }) => sum + count, 0);
  const details = { n, exactness: 'exact', errorBound: 0, lower: null, upper: null } as const;
  const short = shortage(n, labelFloor);
  if (short) return withoutValue(short, details);
  if (context.task === 'multiclass_classification') {
    return toScore(multiclassReport(confusionMatrix(cells, context).counts)?.macro[rule.macro], details);
  }
  if (context.positiveLabel === null) return withoutValue('not_applicable', details);
  const counts = binaryConfusion(cells, context.positiveLabel);
  const positives = counts.tp + counts.fn;
  if (Math.min(positives, n - positives) < classFloor) return withoutValue('insufficient_data', details);
  const trials = rule.proportion?.(counts);
  const interval = trials && wilson(trials.successes, trials.n);
  return toScore(rule.binary(counts), { ...details, ...interval });
}
