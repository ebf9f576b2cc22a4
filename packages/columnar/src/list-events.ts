import type { EventRow } from '@plumbline/contracts';
import type { EventPageQuery, EventSelection } from './columnar.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { createParams } from './params.ts';
import {
  actualPartColumns,
  bodyColumns,
  featureColumn,
  identityColumns,
  type PartColumn,
} from './part-columns.ts';
import { msLiteral } from './sql-text.ts';

const ownColumns = new Set([
  'prediction_id',
  'predicted_ms',
  'model_version',
  'prediction_label',
  'prediction_score',
  'actual_label',
  'actual_score',
  'shap_values',
]);

/** Events newest first, ties by id descending. `before` is the last row of the page before. */
export async function listEvents(scan: PartScan, query: EventPageQuery): Promise<EventRow[]> {
  const { session, model } = scan;
  const features = model.features.flatMap((feature) => {
    const column = featureColumn(feature);
    return column ? [{ name: feature.name, column }] : [];
  });
  const columns: PartColumn[] = [...identityColumns, ...bodyColumns, ...actualPartColumns.slice(2)].filter(
    (column) => ownColumns.has(column.name),
  );
  for (const { column } of features) columns.push(column);
  const { before } = query;
  const selection: EventSelection = before
    ? { ...query, toMs: Math.min(query.toMs ?? Number.POSITIVE_INFINITY, before.predictedMs + 1) }
    : query;
  const page = async (range: EventSelection, wanted: readonly PartColumn[], read: string) => {
    const params = createParams();
    const events = await eventRelation(scan, range, wanted, params);
    const seek = before
      ? ` WHERE (predicted_ms, prediction_id) < (${msLiteral(before.predictedMs)}, ${params.add(before.predictionId)})`
      : '';
    const rows = `SELECT * FROM (${events})${seek}
      ORDER BY predicted_ms DESC, prediction_id DESC LIMIT ${Math.trunc(query.limit)}`;
    return session.rows(`SELECT ${read} FROM (${rows})`, params.values);
  };
  // Two columns tell the time range of the page; only there the others are read and actuals are looked up.
  const key = columns.filter(({ name }) => name === 'predicted_ms' || name === 'prediction_id');
  const [range] = await page(selection, key, 'min(predicted_ms) AS first, max(predicted_ms) AS last');
  if (typeof range?.first !== 'number') return [];
  const rows = await page({ ...selection, fromMs: range.first, toMs: Number(range.last) + 1 }, columns, '*');
  return rows.map((row) => ({
    prediction_id: String(row.prediction_id),
    prediction_timestamp: new Date(Number(row.predicted_ms)).toISOString(),
    model_version: String(row.model_version),
    prediction_label: textOrNull(row.prediction_label),
    prediction_score: numberOrNull(row.prediction_score),
    actual_label: textOrNull(row.actual_label),
    actual_score: numberOrNull(row.actual_score),
    explained: row.shap_values !== null,
    features: Object.fromEntries(features.map(({ name, column }) => [name, scalar(row[column.name])])),
  }));
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function scalar(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
