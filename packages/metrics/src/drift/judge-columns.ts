import type { BinSet, BinSetColumn, Profile, Score } from '@plumbline/contracts';
import { emptyColumnProfile } from '../empty-profile.ts';
import { defaultLimits, judgedNumber, judgeValue } from '../judge-value.ts';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { toScore } from '../to-score.ts';
import { significance } from './dataset-drift.ts';
import { jsDistanceMetric } from './js-distance.ts';
import { primaryMetric } from './primary-metric.ts';
import { testColumns } from './test-columns.ts';
import { wassersteinNormedMetric } from './wasserstein-normed.ts';

/** A column's primary distance in one window, and what came of it. */
export interface JudgedColumn {
  /** Internal key. */
  column: string;
  kind: BinSetColumn['kind'];
  metric: string;
  threshold: number | null;
  score: Score;
  /** The p-value of the column's test after Benjamini–Hochberg; undefined = not tested. */
  adjustedP: number | undefined;
  drifted: boolean;
}

/**
 * The verdict on every column of a bin set, as a drift answer gives it: beyond the default threshold of its primary
 * distance, and significant after Benjamini–Hochberg.
 */
export function judgeColumns(binSet: BinSet, reference: Profile, current: Profile): JudgedColumn[] {
  const tests = testColumns(binSet, reference, current);
  return binSet.columns.map((column) => {
    const descriptor = primaryOf(column);
    const score = descriptor.scoreColumn?.({
      column,
      reference: reference.columns[column.column] ?? emptyColumnProfile(column.bins),
      current: current.columns[column.column] ?? emptyColumnProfile(column.bins),
    });
    const adjustedP = tests.get(column.column)?.adjustedP;
    return {
      column: column.column,
      kind: column.kind,
      metric: descriptor.metric,
      threshold: descriptor.default_threshold,
      score: score ?? toScore(undefined, { n: 0, exactness: descriptor.exactness }),
      adjustedP,
      drifted: score !== undefined && isBeyond(descriptor, score) && (adjustedP ?? 1) < significance,
    };
  });
}

function isBeyond(descriptor: MetricDescriptor, score: Score): boolean {
  const value = judgedNumber(score, descriptor.measures);
  const limits = defaultLimits(descriptor);
  return value !== null && limits !== null && judgeValue(value, limits) !== 'ok';
}

const primaryOf = (column: BinSetColumn) =>
  primaryMetric(column).metric === 'wasserstein_normed' ? wassersteinNormedMetric : jsDistanceMetric;
