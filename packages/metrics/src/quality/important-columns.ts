import type { BinSet, Profile } from '@plumbline/contracts';
import { featureImportance, featureName } from '../drift/importance-shares.ts';
import { isFeature } from '../drift/test-columns.ts';

/** Columns of features that weigh most, at most `limit`; in the order of the schema without attributions. */
export function importantColumns(
  { columns }: BinSet,
  { reference, current }: { reference: Profile | null; current: Profile },
  limit: number,
): { columns: string[]; total: number; importanceOf: 'reference' | 'current' | null } {
  const features = columns.map(({ column }) => column).filter(isFeature);
  const importance = featureImportance(reference, current);
  const weight = (column: string) => importance?.shares.get(featureName(column)) ?? 0;
  const ordered = features.toSorted((a, b) => weight(b) - weight(a));
  return {
    columns: ordered.slice(0, limit),
    total: features.length,
    importanceOf: importance?.of ?? null,
  };
}
