import type { EventRange, PartRef } from './columnar.ts';
import type { Session } from './duckdb-pool.ts';
import type { PartColumn } from './part-columns.ts';
import type { PartFiles } from './part-files.ts';
import { msLiteral, textLiteral } from './sql-text.ts';

/** Parts whose files have the same columns. */
export interface PartGroup {
  paths: string[];
  /** Column name → DuckDB type. */
  columns: ReadonlyMap<string, string>;
}

export interface PartSchemas {
  /** Groups parts by their columns; parts are immutable, so a file's columns are read once. */
  group(session: Session, parts: PartRef[]): Promise<PartGroup[]>;
  forget(paths: string[]): void;
}

const rememberedFiles = 20_000;

export function createPartSchemas(files: PartFiles): PartSchemas {
  const known = new Map<string, ReadonlyMap<string, string>>();

  async function columnsOf(session: Session, path: string): Promise<ReadonlyMap<string, string>> {
    const remembered = known.get(path);
    if (remembered) return remembered;
    const rows = await session.rows(`DESCRIBE SELECT * FROM ${scan([files.absolute(path)])}`);
    const columns = new Map(rows.map((row) => [String(row.column_name), String(row.column_type)]));
    if (known.size >= rememberedFiles) known.clear();
    known.set(path, columns);
    return columns;
  }

  return {
    async group(session, parts) {
      const groups = new Map<string, PartGroup>();
      for (const path of new Set(parts.map((part) => part.path))) {
        const columns = await columnsOf(session, path);
        const signature = JSON.stringify([...columns].sort());
        const group = groups.get(signature) ?? { paths: [], columns };
        group.paths.push(files.absolute(path));
        groups.set(signature, group);
      }
      return [...groups.values()];
    },
    forget(paths) {
      for (const path of paths) known.delete(path);
    },
  };
}

/** Parts that can hold rows of [fromMs, toMs). */
export function touching(parts: PartRef[], range: EventRange): PartRef[] {
  return parts.filter(
    (part) =>
      (range.fromMs === undefined || part.maxMs >= range.fromMs) &&
      (range.toMs === undefined || part.minMs < range.toMs),
  );
}

/** SELECT of the asked columns over all groups; what a file lacks reads as NULL. */
export function partRelation(
  groups: PartGroup[],
  columns: readonly PartColumn[],
  range: EventRange = {},
): string {
  const where = rangeCondition(range);
  if (groups.length === 0)
    return `SELECT ${columns.map((c) => `NULL::${c.type} AS ${c.name}`).join(', ')} WHERE false`;
  return groups
    .map(
      (group) => `SELECT ${columns.map((c) => read(group, c)).join(', ')} FROM ${scan(group.paths)}${where}`,
    )
    .join(' UNION ALL ');
}

function read(group: PartGroup, column: PartColumn): string {
  const type = group.columns.get(column.name);
  if (type === undefined) return `NULL::${column.type} AS ${column.name}`;
  return type === column.type ? column.name : `${castSql(column, type)} AS ${column.name}`;
}

/** A value of a file that was written when its feature had another kind. Whole numbers become the text they have in JSON. */
function castSql({ name, type }: PartColumn, from: string): string {
  const cast = `TRY_CAST(${name} AS ${type})`;
  if (from !== 'DOUBLE' || type !== 'VARCHAR') return cast;
  return `CASE WHEN ${name} = trunc(${name}) AND abs(${name}) < 9e15 THEN TRY_CAST(${name} AS BIGINT)::VARCHAR ELSE ${cast} END`;
}

function rangeCondition({ fromMs, toMs }: EventRange): string {
  const conditions: string[] = [];
  if (fromMs !== undefined) conditions.push(`predicted_ms >= ${msLiteral(fromMs)}`);
  if (toMs !== undefined) conditions.push(`predicted_ms < ${msLiteral(toMs)}`);
  return conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
}

function scan(paths: string[]): string {
  return `read_parquet([${paths.map(textLiteral).join(', ')}])`;
}
