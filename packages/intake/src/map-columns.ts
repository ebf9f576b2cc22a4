import { columnKey, type Feature, Problem } from '@plumbline/contracts';

type ColumnGroup = 'features' | 'tags' | 'shap_values' | 'prediction_scores';

/** Where a column of an uploaded table goes: a field of the row, or a member of one of its objects. */
export interface ColumnTarget {
  group: ColumnGroup | null;
  name: string;
}

/** How the rows of an uploaded table are read; `map` as {@link mapColumns} takes it. */
export interface TableOptions {
  rowKind: 'events' | 'actuals';
  features: readonly Feature[];
  map: string | undefined;
  chunkRows: number;
  /** Times without an offset are UTC, and a space may stand for their T. Default false. */
  assumeUtc?: boolean;
  /** A CSV record with more or fewer cells than the header is refused; otherwise it is cut or filled up. Default false. */
  refuseRagged?: boolean;
  /** Told once, before the first row: where each column goes; null = left out. */
  onColumns?: (columns: { column: string; target: string | null }[]) => void;
}

const textFields = new Set([
  'prediction_id',
  'prediction_timestamp',
  'model_version',
  'environment',
  'prediction_label',
  'actual_label',
  'actual_timestamp',
  'subject_id',
  'group_id',
]);
/** Fields of an event that hold a number. */
export const numberFields: ReadonlySet<string> = new Set([
  'prediction_score',
  'actual_score',
  'shap_base_value',
  'rank',
]);
const actualFields = new Set(['prediction_id', 'actual_label', 'actual_score', 'actual_timestamp']);
const plainGroups = ['tags', 'shap_values', 'prediction_scores'] as const;

function targetOf(path: string): ColumnTarget {
  if (textFields.has(path) || numberFields.has(path)) return { group: null, name: path };
  const group = plainGroups.find((name) => path.startsWith(`${name}.`));
  if (group) return { group, name: path.slice(group.length + 1) };
  return { group: 'features', name: columnKey(path).replace(/^features\./, '') };
}

/**
 * Targets of a header: `map` (JSON, column → field, `features.<name>`, `tags.<name>`, `shap_values.<name>`,
 * `prediction_scores.<class>` or null to leave it out) first, else a column goes by its own name, and to the features
 * when no field has it; for actuals it is left out then. Null = left out.
 * @throws Problem 422 for a map that is none, names an absent column or, for actuals, a field they do not have
 */
export function mapColumns(
  header: readonly string[],
  map: string | undefined,
  rowKind: TableOptions['rowKind'],
): (ColumnTarget | null)[] {
  const given = parseColumnMap(map);
  const absent = [...given.keys()].find((column) => !header.includes(column));
  if (absent !== undefined) throw badMap(`the file has no column "${absent.slice(0, 100)}"`);
  return header.map((column) => {
    const path = given.has(column) ? given.get(column) : column;
    if (path === null || path === undefined) return null;
    if (rowKind === 'events' || actualFields.has(path)) return targetOf(path);
    if (given.has(column)) throw badMap(`actuals have no field "${path.slice(0, 100)}"`);
    return null;
  });
}

/** A target as a map names it. */
export function targetPath(target: ColumnTarget | null): string | null {
  if (target === null) return null;
  return target.group === null ? target.name : `${target.group}.${target.name}`;
}

function badMap(detail: string): Problem {
  return new Problem('bad-query', {
    detail: `map: ${detail}`,
    errors: [{ pointer: 'map', code: 'bad_query', detail }],
  });
}

/** Column → field as `map` says. @throws Problem 422 for text that is no JSON object of texts and nulls */
export function parseColumnMap(map: string | undefined): Map<string, string | null> {
  if (map === undefined) return new Map();
  try {
    const value: unknown = JSON.parse(map);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const entries = Object.entries(value);
      if (entries.every(([, path]) => path === null || typeof path === 'string')) return new Map(entries);
    }
  } catch {
    // Falls through to the one answer for every bad map.
  }
  throw badMap('expected JSON of column → field');
}
