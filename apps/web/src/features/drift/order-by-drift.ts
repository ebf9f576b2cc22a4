import type { DriftAnswer } from '@plumbline/contracts';

export type DriftColumn = DriftAnswer['columns'][number];
export type DriftMetric = DriftColumn['metrics'][number];

export const primaryMetric = (column: DriftColumn): DriftMetric | undefined =>
  column.metrics.find((metric) => metric.metric === column.primary);

/** How far beyond its threshold a column's primary metric is; −1 when there is no value. */
function severity(column: DriftColumn): number {
  const metric = primaryMetric(column);
  if (!metric || metric.value === null) return -1;
  return metric.threshold === null || metric.threshold === 0 ? metric.value : metric.value / metric.threshold;
}

/** Drifted columns first, then by value relative to threshold, then by name. */
export const orderByDrift = (columns: readonly DriftColumn[]): DriftColumn[] =>
  [...columns].sort(
    (a, b) =>
      Number(b.drifted) - Number(a.drifted) || severity(b) - severity(a) || a.column.localeCompare(b.column),
  );
