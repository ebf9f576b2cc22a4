import type { ColumnarModel } from './columnar.ts';

type ColumnType =
  | 'VARCHAR'
  | 'DOUBLE'
  | 'BIGINT'
  | 'BOOLEAN'
  | 'MAP(VARCHAR, VARCHAR)'
  | 'MAP(VARCHAR, DOUBLE)';

/** A column of a part; times are epoch milliseconds, JSON values stand as text. */
export interface PartColumn {
  name: string;
  type: ColumnType;
}

export const actualPartColumns: readonly PartColumn[] = [
  { name: 'prediction_id', type: 'VARCHAR' },
  { name: 'predicted_ms', type: 'BIGINT' },
  { name: 'actual_label', type: 'VARCHAR' },
  { name: 'actual_score', type: 'DOUBLE' },
  { name: 'actual_ms', type: 'BIGINT' },
  { name: 'actual_seq', type: 'BIGINT' },
];

/** What an event carries beside its identity, its actual and its features. */
export const bodyColumns: readonly PartColumn[] = [
  { name: 'prediction_label', type: 'VARCHAR' },
  { name: 'prediction_score', type: 'DOUBLE' },
  { name: 'prediction_scores', type: 'MAP(VARCHAR, DOUBLE)' },
  { name: 'tags', type: 'MAP(VARCHAR, VARCHAR)' },
  { name: 'shap_values', type: 'VARCHAR' },
  { name: 'shap_base_value', type: 'DOUBLE' },
  { name: 'subject_id', type: 'VARCHAR' },
  { name: 'group_id', type: 'VARCHAR' },
  { name: 'rank', type: 'DOUBLE' },
  { name: 'embedding_features', type: 'VARCHAR' },
];

export const identityColumns: readonly PartColumn[] = [
  { name: 'prediction_id', type: 'VARCHAR' },
  { name: 'predicted_ms', type: 'BIGINT' },
  { name: 'received_ms', type: 'BIGINT' },
  { name: 'environment', type: 'VARCHAR' },
  { name: 'model_version', type: 'VARCHAR' },
];

export type ModelFeature = ColumnarModel['features'][number];

/** The column of a feature; undefined for embeddings, which are no scalar. */
export function featureColumn(feature: ModelFeature): PartColumn | undefined {
  if (!Number.isSafeInteger(feature.ordinal) || feature.ordinal < 0)
    throw new RangeError(`expected a feature ordinal, got ${feature.ordinal}`);
  const name = `f${feature.ordinal}`;
  if (feature.kind === 'numeric') return { name, type: 'DOUBLE' };
  if (feature.kind === 'boolean') return { name, type: 'BOOLEAN' };
  return feature.kind === 'embedding' ? undefined : { name, type: 'VARCHAR' };
}

/** Every column of an event or reference part, in the order of the file. */
export function eventPartColumns(model: ColumnarModel): PartColumn[] {
  const actuals = actualPartColumns.filter((c) => c.name.startsWith('actual_'));
  const features = model.features.map(featureColumn).filter((column) => column !== undefined);
  return [...identityColumns, ...bodyColumns, ...actuals, ...features];
}
