import { fixedFilterFields } from './filter.ts';
import type { ColumnKey } from './profile.ts';

const fixed = fixedFilterFields as readonly string[];

/** What the API calls a column: a feature goes by its own name, unless a fixed field has that name already. */
export function columnName(key: ColumnKey): string {
  if (!key.startsWith('features.')) return key;
  const name = key.slice('features.'.length);
  return fixed.includes(name) || name.startsWith('features.') || name.startsWith('tags.') ? key : name;
}

/** The inverse of {@link columnName}; also takes a key as it is. */
export function columnKey(name: string): ColumnKey {
  return fixed.includes(name) || name.startsWith('features.') || name.startsWith('tags.')
    ? name
    : `features.${name}`;
}

export function columnRole(key: ColumnKey): 'feature' | 'prediction' | 'actual' {
  if (key.startsWith('prediction_')) return 'prediction';
  return key.startsWith('actual_') ? 'actual' : 'feature';
}
