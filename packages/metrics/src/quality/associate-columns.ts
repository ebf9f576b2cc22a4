import { averageRanks, correlationRatio, cramersVUncorrected, pearsonCorrelation } from '@plumbline/stats';
import { type CodedColumn, missingCode } from './coded-columns.ts';

/** How two columns go together in the rows that have both. */
export interface Association {
  /** Rows that have both. */
  n: number;
  /** Spearman's correlation of numbers, Cramér's V of categories, the correlation ratio of both; undefined = a side does not vary. */
  value: number | undefined;
  /** Pearson's correlation; numbers only. */
  pearson: number | undefined;
  /** What measures that cannot fall below 0 come to by chance alone; 0 for those that can. */
  chance: number;
}

export type AssociationMeasure = 'spearman' | 'cramers_v' | 'correlation_ratio';

export function measureOf(a: CodedColumn, b: CodedColumn): AssociationMeasure {
  if (a.kind !== b.kind) return 'correlation_ratio';
  return a.kind === 'number' ? 'spearman' : 'cramers_v';
}

/** Both columns hold the same rows. */
export function associateColumns(a: CodedColumn, b: CodedColumn): Association {
  const rows = completeRows(a, b);
  if (a.kind === 'number' && b.kind === 'number') {
    const [x, y] = [pick(a.values, rows), pick(b.values, rows)];
    const [rankX, rankY] = [rows ? null : a.ranks, rows ? null : b.ranks];
    const value = pearsonCorrelation(rankX ?? averageRanks(x), rankY ?? averageRanks(y));
    return { n: x.length, value, pearson: pearsonCorrelation(x, y), chance: 0 };
  }
  if (a.kind === 'category' && b.kind === 'category') return ofCategories(a, b, rows);
  const [category, number] = a.kind === 'category' ? [a, b] : [b, a];
  if (category.kind !== 'category' || number.kind !== 'number') throw new RangeError('expected one of each');
  const groups = pick(category.codes, rows);
  const values = pick(number.values, rows);
  const used = new Set(groups).size;
  const chance = Math.sqrt(Math.max(0, used - 1) / Math.max(1, groups.length - 1));
  return { n: groups.length, value: correlationRatio(groups, values), pearson: undefined, chance };
}

type Category = Extract<CodedColumn, { kind: 'category' }>;

function ofCategories(a: Category, b: Category, rows: Uint32Array | null): Association {
  const [x, y] = [pick(a.codes, rows), pick(b.codes, rows)];
  const table = Array.from({ length: a.levels }, () => new Array<number>(b.levels).fill(0));
  x.forEach((row, i) => {
    const counts = table[row];
    const column = y[i] ?? 0;
    if (counts) counts[column] = (counts[column] ?? 0) + 1;
  });
  const [levelsA, levelsB] = [new Set(x).size, new Set(y).size];
  const free = Math.max(levelsA, levelsB) - 1;
  const chance = Math.sqrt(Math.max(0, free) / Math.max(1, x.length));
  return { n: x.length, value: cramersVUncorrected(table), pearson: undefined, chance };
}

const isMissing = (column: CodedColumn, row: number) =>
  column.kind === 'number' ? Number.isNaN(column.values[row]) : column.codes[row] === missingCode;

/** Rows that have both; null = all. */
function completeRows(a: CodedColumn, b: CodedColumn): Uint32Array | null {
  const isWhole = (column: CodedColumn) =>
    column.kind === 'number' ? column.ranks !== null : column.isComplete;
  if (isWhole(a) && isWhole(b)) return null;
  const length = a.kind === 'number' ? a.values.length : a.codes.length;
  const rows: number[] = [];
  for (let row = 0; row < length; row++) if (!isMissing(a, row) && !isMissing(b, row)) rows.push(row);
  return Uint32Array.from(rows);
}

function pick<T extends Float64Array | Uint16Array>(values: T, rows: Uint32Array | null): T {
  if (!rows) return values;
  const picked = values.slice(0, rows.length) as T;
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i] ?? 0] ?? 0;
  return picked;
}
