import type { SlicesAnswer } from '@plumbline/contracts';
import type { SliceQuery } from './columnar.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { resolveField } from './field.ts';
import { groupValue } from './group-value.ts';
import { outcomeSql } from './outcome-sql.ts';
import { createParams } from './params.ts';
import type { PartColumn } from './part-columns.ts';
import { isPerformanceMetric, sliceMetricSql } from './slice-metrics.ts';

/**
 * Metrics by group, a null being a group of its own. A metric that is undefined for a group or not offered for the
 * task is null and ordered last; equal values are ordered by group.
 */
export async function slices(scan: PartScan, query: SliceQuery): Promise<SlicesAnswer> {
  const { session, model } = scan;
  const params = createParams();
  const outcome = outcomeSql(model, params);
  const groups = query.groupBy.map((field) => resolveField(model, field, params));
  const needed: PartColumn[] = [
    { name: 'prediction_score', type: 'DOUBLE' },
    { name: 'prediction_label', type: 'VARCHAR' },
    ...outcome.columns,
    ...groups.flatMap((group) => group.columns),
  ];
  const columns = [...new Map(needed.map((column) => [column.name, column])).values()];
  const events = await eventRelation(scan, query, columns, params);

  const keys = groups.map((_, i) => `g${i}`);
  const groupKeys = keys.join(', ');
  const isAuc = [...query.metrics, query.orderBy.key].includes('roc_auc');
  const scored = '(positive AND score IS NOT NULL OR NOT positive AND score IS NOT NULL)';
  const partition = `PARTITION BY ${groupKeys}, coalesce(${scored}, false)`;
  const midrank = `rank() OVER (${partition} ORDER BY score) + (count(*) OVER (${partition}, score) - 1) / 2`;
  const outcomes = `SELECT ${[
    ...groups.map((group, i) => `${group.sql} AS g${i}`),
    `${outcome.labelled} AS labelled`,
    `(${outcome.correct})::BOOLEAN AS correct`,
    `(${outcome.positive})::BOOLEAN AS positive`,
    `(${outcome.predictedPositive})::BOOLEAN AS predicted_positive`,
    `(${outcome.logLoss})::DOUBLE AS log_loss`,
    `(${outcome.brier})::DOUBLE AS brier`,
    `(${outcome.error})::DOUBLE AS e`,
    'prediction_score AS score',
  ].join(', ')} FROM (${events})`;
  const ranked = isAuc ? `SELECT *, ${midrank} AS midrank, ${scored} AS scored FROM (${outcomes})` : outcomes;

  const metrics = query.metrics.map((metric, i) => `${sliceMetricSql(metric)} AS m${i}`);
  const counted = query.metrics.some(isPerformanceMetric) ? 'n_labelled' : 'n';
  const direction = query.orderBy.descending ? 'DESC' : 'ASC';
  const rows = await session.rows(
    `SELECT * FROM (SELECT ${[...keys, 'count(*) AS n', 'count_if(labelled) AS n_labelled', ...metrics].join(', ')},
        ${sliceMetricSql(query.orderBy.key)} AS position FROM (${ranked}) GROUP BY ${groupKeys})
     WHERE ${counted} >= ${Math.trunc(query.minN)}
     ORDER BY position ${direction} NULLS LAST, ${keys.map((key) => `${key} NULLS LAST`).join(', ')}
     LIMIT ${Math.trunc(query.limit) + 1}`,
    params.values,
  );
  return {
    rows: rows.slice(0, query.limit).map((row) => ({
      group: Object.fromEntries(query.groupBy.map((field, i) => [field, groupValue(row[`g${i}`])])),
      metrics: Object.fromEntries(query.metrics.map((metric, i) => [metric, metricValue(row[`m${i}`])])),
      n: Number(row.n),
      n_labelled: Number(row.n_labelled),
    })),
    truncated: rows.length > query.limit,
  };
}

function metricValue(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
