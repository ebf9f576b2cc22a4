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

/** Columns that drifted and matter come first: by distance relative to its limit times importance, then by drift. */
export const orderByImportance = (columns: readonly DriftColumn[]): DriftColumn[] =>
  orderByDrift(columns).sort((a, b) => weight(b) - weight(a));

const weight = (column: DriftColumn) => Math.max(0, severity(column)) * (column.importance ?? 0);

/** Drifted columns first, then by value relative to threshold, then by name. */
export const orderByDrift = (columns: readonly DriftColumn[]): DriftColumn[] =>
  [...columns].sort(
    (a, b) =>
      Number(b.drifted) - Number(a.drifted) || severity(b) - severity(a) || a.column.localeCompare(b.column),
  );
