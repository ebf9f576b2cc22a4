import { averageRanks } from '@plumbline/stats';

/** A column of drawn rows: numbers with NaN for what is missing, or texts with null. */
export interface DrawnColumn {
  name: string;
  values: Float64Array | (string | null)[];
}

/** Numbers, with their ranks when none is missing. */
interface NumberColumn {
  kind: 'number';
  values: Float64Array;
  ranks: Float64Array | null;
}

/** Categories as positions in the list of levels; {@link missingCode} where there is none. */
interface CategoryColumn {
  kind: 'category';
  codes: Uint16Array;
  levels: number;
  isComplete: boolean;
}

export type CodedColumn = NumberColumn | CategoryColumn;

export const missingCode = 65_535;

/** Categories told apart, the most frequent of the reference; all others count as one. */
const mostLevels = 20;

/** Both sides of a column, its categories coded alike. */
export function codeColumn(
  reference: DrawnColumn['values'],
  current: DrawnColumn['values'],
): { reference: CodedColumn; current: CodedColumn } {
  if (reference instanceof Float64Array || current instanceof Float64Array)
    return { reference: codeNumbers(reference), current: codeNumbers(current) };
  const counts = new Map<string, number>();
  for (const value of reference) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const frequent = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, mostLevels);
  const known = new Map(frequent.map(([value], i) => [value, i]));
  return { reference: codeTexts(reference, known), current: codeTexts(current, known) };
}

/** Magnitudes are cut here, so that squares can be added up. */
const largest = 1e150;

function codeNumbers(drawn: DrawnColumn['values']): NumberColumn {
  const numbers =
    drawn instanceof Float64Array
      ? drawn.map((value) => Math.max(-largest, Math.min(largest, value)))
      : new Float64Array(drawn.length).fill(Number.NaN);
  return {
    kind: 'number',
    values: numbers,
    ranks: numbers.some(Number.isNaN) ? null : averageRanks(numbers),
  };
}

function codeTexts(values: readonly (string | null)[], known: ReadonlyMap<string, number>): CategoryColumn {
  const codes = Uint16Array.from(values, (value) =>
    value === null ? missingCode : (known.get(value) ?? known.size),
  );
  return { kind: 'category', codes, levels: known.size + 1, isComplete: !codes.includes(missingCode) };
}
