export type Value = number | string | boolean | null;

export interface SourceRow {
  id: string;
  /** Prediction time, epoch ms. */
  ms: number;
  version: string;
  environment: string;
  features: Record<string, Value>;
  tags: Record<string, string>;
  score: number | null;
  label: string | null;
  /** Class probabilities, multiclass only. */
  probabilities: Record<string, number> | null;
  actualLabel: string | null;
  actualScore: number | null;
}

/** Rows as columns named by filter field; the truth that answers are compared with. */
export interface Dataset {
  size: number;
  ms: Float64Array;
  fields: Map<string, Value[]>;
  probabilities: (Record<string, number> | null)[];
}

export interface DatasetBuilder {
  add(row: SourceRow): void;
  build(): Dataset;
}

export function createDatasetBuilder(): DatasetBuilder {
  const fields = new Map<string, Value[]>();
  const times: number[] = [];
  const probabilities: Dataset['probabilities'] = [];
  const put = (field: string, value: Value) => {
    let column = fields.get(field);
    if (!column) {
      column = new Array<Value>(times.length - 1).fill(null);
      fields.set(field, column);
    }
    column[times.length - 1] = value;
  };
  return {
    add(row) {
      times.push(row.ms);
      probabilities.push(row.probabilities);
      put('prediction_id', row.id);
      put('model_version', row.version);
      put('environment', row.environment);
      put('prediction_score', row.score);
      put('prediction_label', row.label);
      put('actual_label', row.actualLabel);
      put('actual_score', row.actualScore);
      for (const [name, value] of Object.entries(row.features)) put(`features.${name}`, value);
      for (const [name, value] of Object.entries(row.tags)) put(`tags.${name}`, value);
    },
    build: () => ({ size: times.length, ms: Float64Array.from(times), fields, probabilities }),
  };
}

/** The value of a field; null for a field that no row has. */
export function fieldValue(data: Dataset, field: string, row: number): Value {
  return data.fields.get(field)?.[row] ?? null;
}
