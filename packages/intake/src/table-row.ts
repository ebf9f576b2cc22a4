import type { FeatureKind } from '@plumbline/contracts';
import { type ColumnTarget, mapColumns, numberFields, type TableOptions, targetPath } from './map-columns.ts';
import { kindsOf } from './prepare-events.ts';

const numeric = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const withoutOffset = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?)?$/;
const spaced = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}.*)$/;

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

function timeOf(value: unknown, assumeUtc: boolean): unknown {
  const time = typed(value, 'numeric');
  if (!assumeUtc || typeof time !== 'string') return time;
  const naive = withoutOffset.exec(time);
  if (naive) return `${naive[1]}T${naive[2] ?? '00:00'}${naive[3] ?? ':00'}Z`;
  return time.replace(spaced, '$1T$2');
}

/**
 * Makes the rows of a table from its records: a row is what would be posted; null values are left out, but for features.
 * Text that stands for a number or a truth value becomes one where the field wants it, and the other way round. `infer`
 * says the kind of features the model does not know, from their first value.
 * @throws Problem 422 for a map that does not fit the header
 */
export function createRowMaker(
  header: readonly string[],
  options: TableOptions,
  infer: (value: unknown) => FeatureKind | null,
): (record: readonly unknown[]) => Record<string, unknown> {
  const { rowKind, assumeUtc = false } = options;
  const targets: (ColumnTarget | null)[] = mapColumns(header, options.map, rowKind);
  options.onColumns?.(header.map((column, i) => ({ column, target: targetPath(targets[i] ?? null) })));
  const kinds = kindsOf(options.features);

  const featureOf = (name: string, value: unknown): unknown => {
    if (value === null) return null;
    const kind = kinds.get(name) ?? infer(value);
    if (kind === null) return value;
    kinds.set(name, kind);
    return typed(value, kind);
  };

  return (record) => {
    const row: Record<string, unknown> = {};
    const groups: Partial<Record<string, Record<string, unknown>>> =
      rowKind === 'events' ? { features: {}, tags: {} } : {};
    for (const [i, target] of targets.entries()) {
      if (!target) continue;
      const value = record[i] ?? null;
      const { group, name } = target;
      if (value === null && group !== 'features') continue;
      if (group !== null) {
        groups[group] ??= {};
        const members = groups[group];
        if (group === 'features') members[name] = featureOf(name, value);
        else members[name] = group === 'tags' ? value : typed(value, 'numeric');
      } else if (name.endsWith('_timestamp')) row[name] = timeOf(value, assumeUtc);
      else row[name] = typed(value, numberFields.has(name) ? 'numeric' : 'label');
    }
    return { ...row, ...groups };
  };
}
