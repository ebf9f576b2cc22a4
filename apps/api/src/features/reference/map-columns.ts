import { columnKey, type Feature, type FeatureKind, Problem } from '@plumbline/contracts';

/** Where a column of an uploaded table goes: an event field, or a member of `features` or `tags`. */
export interface ColumnTarget {
  group: 'features' | 'tags' | null;
  name: string;
}

/** How the rows of an uploaded table are read; `map` as {@link mapColumns} takes it. */
export interface TableOptions {
  features: readonly Feature[];
  map: string | undefined;
  chunkRows: number;
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

/** The kind the first cell with a value gives a feature nobody declared, where all values are text. */
export function kindOfText(text: unknown): FeatureKind {
  if (typeof text === 'string' && numeric.test(text)) return 'numeric';
  return text === 'true' || text === 'false' ? 'boolean' : 'categorical';
}

function typed(value: unknown, kind: FeatureKind | 'label'): unknown {
  if (typeof value === 'string') {
    if (kind === 'numeric') return numeric.test(value) ? Number(value) : value;
    if (kind === 'boolean') return value === 'true' || (value === 'false' ? false : value);
    return value;
  }
  const isText = kind === 'label' || kind === 'categorical' || kind === 'text';
  return isText && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value;
}

/**
 * The event a record stands for, as it would be posted; null values are left out. Text that stands for a number or a
 * truth value becomes one where the field wants it, and the other way round. Adds to `kinds` what `infer` says of
 * features it does not know.
 */
export function rowOf(
  record: readonly unknown[],
  targets: readonly (ColumnTarget | null)[],
  kinds: Map<string, FeatureKind>,
  infer: (value: unknown) => FeatureKind | null,
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  const groups = { features: {} as Record<string, unknown>, tags: {} as Record<string, unknown> };
  for (const [i, target] of targets.entries()) {
    const value = record[i] ?? null;
    if (!target) continue;
    const { group, name } = target;
    if (value === null) {
      if (group === 'features') groups.features[name] = null;
    } else if (group === 'tags') groups.tags[name] = value;
    else if (group === 'features') {
      const kind = kinds.get(name) ?? infer(value);
      if (kind !== null) kinds.set(name, kind);
      groups.features[name] = kind === null ? value : typed(value, kind);
    } else if (numberFields.has(name)) row[name] = typed(value, 'numeric');
    else row[name] = name.endsWith('_timestamp') ? typed(value, 'numeric') : typed(value, 'label');
  }
  return { ...row, ...groups };
}
