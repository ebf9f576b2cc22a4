import type { ColumnarModel } from './columnar.ts';
import type { Params } from './params.ts';
import { featureColumn, type PartColumn } from './part-columns.ts';

type FieldKind = 'number' | 'string' | 'boolean';

/** What a filter, a grouping or a bin set column names, as SQL over part columns. */
export interface Field {
  sql: string;
  /** Undefined: nothing of that name, the field is null everywhere. */
  kind: FieldKind | undefined;
  /** Part columns the SQL reads. */
  columns: PartColumn[];
}

const fixedFields: Record<string, FieldKind> = {
  prediction_id: 'string',
  prediction_score: 'number',
  prediction_label: 'string',
  actual_label: 'string',
  actual_score: 'number',
  model_version: 'string',
  environment: 'string',
};

const absent: Field = { sql: 'NULL::VARCHAR', kind: undefined, columns: [] };

/** Resolves `features.<name>`, `tags.<name>` and the fixed fields; names never reach the SQL text. */
export function resolveField(model: ColumnarModel, field: string, params: Params): Field {
  if (field.startsWith('features.')) {
    const name = field.slice('features.'.length);
    const feature = model.features.find((f) => f.name === name);
    const column = feature && featureColumn(feature);
    return column ? { sql: column.name, kind: kindOf(column), columns: [column] } : absent;
  }
  if (field.startsWith('tags.')) {
    const key = params.add(field.slice('tags.'.length));
    return {
      sql: `tags[${key}]`,
      kind: 'string',
      columns: [{ name: 'tags', type: 'MAP(VARCHAR, VARCHAR)' }],
    };
  }
  const kind = Object.hasOwn(fixedFields, field) ? fixedFields[field] : undefined;
  if (!kind) return absent;
  return { sql: field, kind, columns: [{ name: field, type: kind === 'number' ? 'DOUBLE' : 'VARCHAR' }] };
}

function kindOf(column: PartColumn): FieldKind {
  if (column.type === 'DOUBLE') return 'number';
  return column.type === 'BOOLEAN' ? 'boolean' : 'string';
}
