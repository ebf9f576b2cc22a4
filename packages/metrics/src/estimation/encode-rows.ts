import type { FeatureColumn } from '@plumbline/learn';
import type { RowSample } from '../multivariate/row-sample.ts';
import type { LossEstimator } from './loss-estimator.ts';

type Columns = RowSample['columns'];
type Encoding = Pick<LossEstimator, 'columns' | 'categories'>;

/** Numbers stay numbers; texts become categories, numbered as they come. */
export function learnEncoding(columns: Columns): Encoding {
  const categories: Encoding['categories'] = {};
  for (const { name, values } of columns)
    if (!(values instanceof Float64Array))
      categories[name] = [...new Set(values.filter((text) => text !== null))];
  return {
    columns: columns.map(({ name, values }) => ({
      name,
      kind: values instanceof Float64Array ? 'numeric' : 'categorical',
    })),
    categories,
  };
}

/** Columns as they were when the encoding was learnt: what is not there, is of another kind or was not known is missing. */
export function encodeRows({ columns, categories }: Encoding, rows: Columns): FeatureColumn[] {
  const byName = new Map(rows.map(({ name, values }) => [name, values]));
  const n = rows[0]?.values.length ?? 0;
  return columns.map(({ name, kind }) => {
    const found = byName.get(name);
    const missing = new Float64Array(n).fill(Number.NaN);
    if (found === undefined || found instanceof Float64Array !== (kind === 'numeric'))
      return { name, kind, values: missing };
    if (found instanceof Float64Array) return { name, kind, values: found };
    const codes = new Map((categories[name] ?? []).map((text, code) => [text, code]));
    return {
      name,
      kind,
      values: Float64Array.from(found, (text) => (text === null ? undefined : codes.get(text)) ?? Number.NaN),
    };
  });
}
