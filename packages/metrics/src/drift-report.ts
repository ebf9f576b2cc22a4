import {
  type BinSet,
  type BinSetColumn,
  columnRole,
  type DriftAnswer,
  type Profile,
  type Score,
} from '@plumbline/contracts';
import { attributionDrift } from './drift/attribution-drift.ts';
import { datasetDrift, significance } from './drift/dataset-drift.ts';
import { withImportance } from './drift/importance-shares.ts';
import { primaryMetric } from './drift/primary-metric.ts';
import { adjustPValues } from './drift/test-columns.ts';
import { emptyColumnProfile } from './empty-profile.ts';
import { defaultLimits, judgedNumber, judgeValue } from './judge-value.ts';
import type { MetricDescriptor } from './metric-descriptor.ts';
import { metrics } from './registry.ts';

const driftMetrics = metrics.filter(({ family, scoreColumn }) => family === 'drift' && scoreColumn);

/** The body of a drift answer, columns under their internal keys (`features.x`). */
export type DriftReport = Pick<DriftAnswer, 'dataset' | 'columns' | 'attribution'>;

interface ScoredColumn {
  column: BinSetColumn;
  primary: string;
  testP: number | undefined;
  scores: { descriptor: MetricDescriptor; score: Score }[];
}

/**
 * Compares every column of the bin set with the reference.
 *
 * A column drifted when its primary distance lies beyond the default threshold and its test stays significant
 * after Benjamini–Hochberg: over the feature columns for features, and over all columns for the others.
 * A distance is marked `drifted` by the same two conditions, χ² by its own p-value alone. `dataset` is
 * {@link datasetDrift}, `attribution` {@link attributionDrift}.
 */
export function driftReport(input: {
  binSet: BinSet;
  reference: Profile | null;
  current: Profile;
}): DriftReport {
  const { binSet, reference, current } = input;
  const scored = binSet.columns.map((column) => scoreColumn(column, reference, current));
  const adjusted = adjustPValues(
    scored.map(({ column, testP }) => ({ column: column.column, pValue: testP })),
  );
  const columns = scored.map((entry, i) => {
    const isSignificant = (adjusted[i] ?? 1) < significance;
    return reportColumn(entry, { isSignificant, reference, current });
  });
  const verdicts = columns.map(({ column, primary, drifted, metrics: rows }, i) => ({
    column,
    isJudged: rows.some(({ metric, status }) => metric === primary && status === 'ok'),
    drifted,
    adjustedP: adjusted[i],
  }));
  return {
    dataset: datasetDrift(verdicts, reference, current),
    columns: withImportance(columns, reference, current),
    attribution: attributionDrift(binSet, reference, current),
  };
}

function scoreColumn(column: BinSetColumn, reference: Profile | null, current: Profile): ScoredColumn {
  const empty = emptyColumnProfile(column.bins);
  const sides = {
    column,
    reference: reference && (reference.columns[column.column] ?? empty),
    current: current.columns[column.column] ?? empty,
  };
  const scores = driftMetrics.flatMap((descriptor) =>
    descriptor.scoreColumn && descriptor.column_kinds?.includes(column.kind)
      ? [{ descriptor, score: descriptor.scoreColumn(sides) }]
      : [],
  );
  const { metric, test } = primaryMetric(column);
  const testP = scores.find(({ descriptor }) => descriptor.metric === test)?.score.pValue ?? undefined;
  return { column, primary: metric, testP, scores };
}

function reportColumn(
  { column, primary, scores }: ScoredColumn,
  context: { isSignificant: boolean; reference: Profile | null; current: Profile },
): DriftAnswer['columns'][number] {
  const { isSignificant, reference, current } = context;
  const metricRows = scores.map(({ descriptor, score }) => ({
    metric: descriptor.metric,
    value: score.value,
    p_value: score.pValue ?? null,
    threshold: descriptor.default_threshold,
    drifted: isBeyondDefault(descriptor, score) && (isSignificant || descriptor.measures === 'p_value'),
    status: score.status,
    exactness: score.exactness,
    error_bound: score.errorBound ?? null,
  }));
  const referenceColumn = reference?.columns[column.column];
  const currentColumn = current.columns[column.column];
  return {
    column: column.column,
    kind: column.kind,
    role: columnRole(column.column),
    n_reference: referenceColumn?.n ?? 0,
    n_current: currentColumn?.n ?? 0,
    primary,
    drifted: metricRows.some(({ metric, drifted }) => metric === primary && drifted),
    metrics: metricRows,
    missing_rate: missingRate(currentColumn),
    missing_rate_reference: missingRate(referenceColumn),
  };
}

function isBeyondDefault(descriptor: MetricDescriptor, score: Score): boolean {
  const limits = defaultLimits(descriptor);
  const value = judgedNumber(score, descriptor.measures);
  return limits !== null && value !== null && judgeValue(value, limits) !== 'ok';
}

function missingRate(profile: { n: number; missing: number } | undefined): number | null {
  const rows = profile ? profile.n + profile.missing : 0;
  return profile && rows > 0 ? profile.missing / rows : null;
}
