import type { FeatureColumn } from '@plumbline/learn';
import type { RowSample } from './row-sample.ts';

/** Columns of samples for learning: a text has the same code in all of them. Samples must have the same columns. */
export function encodeSamples(samples: readonly RowSample[]): FeatureColumn[][] {
  const codes = new Map<string, Map<string, number>>();
  const codeOf = (column: string, text: string | null): number => {
    if (text === null) return Number.NaN;
    const known = codes.get(column) ?? new Map<string, number>();
    codes.set(column, known);
    const code = known.get(text) ?? known.size;
    known.set(text, code);
    return code;
  };
  return samples.map(({ columns }) =>
    columns.map(({ name, values }) =>
      values instanceof Float64Array
        ? { name, kind: 'numeric', values }
        : { name, kind: 'categorical', values: Float64Array.from(values, (text) => codeOf(name, text)) },
    ),
  );
}
