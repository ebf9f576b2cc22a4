import { columnKey, type FeatureKind, Problem } from '@plumbline/contracts';
import type { Cell } from './read-csv.ts';

/** Where a CSV column goes: an event field, or a member of `features` or `tags`. */
export interface ColumnTarget {
  group: 'features' | 'tags' | null;
  name: string;
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
const numberFields = new Set(['prediction_score', 'actual_score', 'shap_base_value', 'rank']);

function targetOf(path: string): ColumnTarget {
  if (textFields.has(path) || numberFields.has(path)) return { group: null, name: path };
  if (path.startsWith('tags.')) return { group: 'tags', name: path.slice('tags.'.length) };
  return { group: 'features', name: columnKey(path).replace(/^features\./, '') };
}

/**
 * Targets of a header: `map` (JSON, column → event field, `features.<name>`, `tags.<name>` or null to leave it out)
 * first, else a column goes by its own name, and to the features when no field has it. Null = left out.
 * @throws Problem 422 for a map that is none or names an absent column
 */
export function mapColumns(header: readonly string[], map: string | undefined): (ColumnTarget | null)[] {
  const given = parseMap(map);
  const absent = [...given.keys()].find((column) => !header.includes(column));
  if (absent !== undefined) throw badMap(`the file has no column "${absent.slice(0, 100)}"`);
  return header.map((column) => {
    const path = given.has(column) ? given.get(column) : column;
    return path === null || path === undefined ? null : targetOf(path);
  });
}

function badMap(detail: string): Problem {
  return new Problem('bad-query', {
    detail: `map: ${detail}`,
    errors: [{ pointer: 'map', code: 'bad_query', detail }],
  });
}

function parseMap(map: string | undefined): Map<string, string | null> {
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

const numeric = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The kind the first cell with a value gives a feature nobody declared. */
function kindOfText(text: string): FeatureKind {
  if (numeric.test(text)) return 'numeric';
  return text === 'true' || text === 'false' ? 'boolean' : 'categorical';
}

function typed(cell: Cell, kind: FeatureKind): unknown {
  if (kind === 'numeric') return numeric.test(cell.text) ? Number(cell.text) : cell.text;
  if (kind === 'boolean') return cell.text === 'true' || (cell.text === 'false' ? false : cell.text);
  return cell.text;
}

/** The event a record stands for, as it would be posted. Absent cells (empty, not quoted) are left out. Adds to `kinds`. */
export function rowOf(
  record: readonly Cell[],
  targets: readonly (ColumnTarget | null)[],
  kinds: Map<string, FeatureKind>,
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  const groups = { features: {} as Record<string, unknown>, tags: {} as Record<string, unknown> };
  for (const [i, target] of targets.entries()) {
    const cell = record[i];
    if (!target || !cell || (cell.text === '' && !cell.quoted)) {
      if (target?.group === 'features') groups.features[target.name] = null;
      continue;
    }
    if (target.group === 'tags') groups.tags[target.name] = cell.text;
    else if (target.group === 'features') {
      const kind = kinds.get(target.name) ?? kindOfText(cell.text);
      kinds.set(target.name, kind);
      groups.features[target.name] = typed(cell, kind);
    } else if (numberFields.has(target.name)) row[target.name] = typed(cell, 'numeric');
    else if (target.name.endsWith('_timestamp') && numeric.test(cell.text))
      row[target.name] = Number(cell.text);
    else row[target.name] = cell.text;
  }
  return { ...row, ...groups };
}
