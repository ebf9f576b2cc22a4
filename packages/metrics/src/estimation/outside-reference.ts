import type { BinSet, Profile } from '@plumbline/contracts';
import { countOutOfRange } from '../quality/count-out-of-range.ts';
import { countUnseen } from '../quality/count-unseen.ts';

const featurePrefix = 'features.';

/** The feature with the greatest share of values that the reference never had, or that lie beyond its range. */
export function outsideReference(
  { columns }: BinSet,
  current: Profile,
): { feature: string; share: number } | undefined {
  const shares = columns.flatMap((column) => {
    const profile = current.columns[column.column];
    if (!column.column.startsWith(featurePrefix) || !profile || profile.n === 0) return [];
    const rows = countUnseen(column, profile) ?? countOutOfRange(column, profile)?.rows ?? 0;
    return [{ feature: column.column.slice(featurePrefix.length), share: rows / profile.n }];
  });
  return shares.sort((a, b) => b.share - a.share)[0];
}
