import type { AttributionProfile, DriftAnswer, Profile } from '@plumbline/contracts';
import { isFeature } from './test-columns.ts';

/** Fewest events with attributions before their means are compared. */
export const attributionFloor = 30;

/** Share of each feature, by name, in the sum of the mean absolute attributions; null where there is too little. */
export function importanceShares(
  attributions: AttributionProfile | undefined,
): ReadonlyMap<string, number> | null {
  if (!attributions || attributions.n < attributionFloor) return null;
  const entries = Object.entries(attributions.sums);
  const total = entries.reduce((sum, [, value]) => sum + value, 0);
  return total > 0 && Number.isFinite(total)
    ? new Map(entries.map(([name, value]) => [name, value / total]))
    : null;
}

/** The name a feature goes by in the schema and in attributions. */
export const featureName = (column: string) => column.slice('features.'.length);

/** What features weigh: shares in the reference, or in the window when the reference carries no attributions. */
export function featureImportance(
  reference: Profile | null,
  current: Profile,
): { of: 'reference' | 'current'; shares: ReadonlyMap<string, number> } | null {
  const known = importanceShares(reference?.attributions);
  if (known) return { of: 'reference', shares: known };
  const own = importanceShares(current.attributions);
  return own && { of: 'current', shares: own };
}

/** The columns of a drift answer with what each weighs; null for what is no feature and without attributions. */
export function withImportance(
  columns: readonly DriftAnswer['columns'][number][],
  reference: Profile | null,
  current: Profile,
): DriftAnswer['columns'] {
  const importance = featureImportance(reference, current);
  return columns.map((row) => ({
    ...row,
    importance:
      importance && isFeature(row.column) ? (importance.shares.get(featureName(row.column)) ?? 0) : null,
  }));
}
