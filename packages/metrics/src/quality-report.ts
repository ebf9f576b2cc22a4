import {
  type BinSet,
  type BinSetColumn,
  type ColumnProfile,
  columnRole,
  type Profile,
  type QualityAnswer,
} from '@plumbline/contracts';
import { emptyColumnProfile } from './empty-profile.ts';
import { countDistinct, type DistinctValues } from './expectations/count-distinct.ts';
import { countMostCommon } from './expectations/count-most-common.ts';
import { countOutOfRange } from './quality/count-out-of-range.ts';
import { countUnseen } from './quality/count-unseen.ts';

/** The body of a quality answer, columns under their internal keys. */
export type QualityReport = Omit<QualityAnswer, 'window' | 'intake' | 'arrival' | 'expectations'>;

/** Counts and rates as they are, however few the rows; a rate of no rows is null. */
export function qualityReport(input: {
  binSet: BinSet;
  reference: Profile | null;
  current: Profile;
}): QualityReport {
  const { binSet, reference, current } = input;
  return {
    n_events: current.events,
    columns: binSet.columns.map((column) => {
      const profile = current.columns[column.column] ?? emptyColumnProfile(column.bins);
      return reportColumn(column, profile, reference?.columns[column.column]);
    }),
  };
}

function reportColumn(
  column: BinSetColumn,
  profile: ColumnProfile,
  reference: ColumnProfile | undefined,
): QualityAnswer['columns'][number] {
  const { n, missing, mean, m2, min, max } = profile;
  const unseen = countUnseen(column, profile) ?? null;
  const distinct = countDistinct(column, profile);
  const outOfRange = countOutOfRange(column, profile)?.rows ?? null;
  return {
    column: column.column,
    kind: column.kind,
    role: columnRole(column.column),
    n,
    missing,
    missing_rate: rate(missing, n + missing),
    missing_rate_reference: reference ? rate(reference.missing, reference.n + reference.missing) : null,
    unseen,
    unseen_rate: rate(unseen, n),
    unseen_values: profile.unseen ?? [],
    out_of_range: outOfRange,
    out_of_range_rate: rate(outOfRange, n),
    distinct: bounds(distinct),
    distinct_reference: reference ? bounds(countDistinct(column, reference)) : null,
    most_common: mostCommonShare(column, profile),
    most_common_reference: reference ? mostCommonShare(column, reference) : null,
    stands_still: reference ? standsStill(column, profile, reference) : null,
    min: min ?? null,
    max: max ?? null,
    mean: mean ?? null,
    standard_deviation: m2 !== undefined && n > 1 ? Math.sqrt(m2 / (n - 1)) : null,
  };
}

const bounds = (distinct: DistinctValues | undefined) =>
  distinct ? { at_least: distinct.atLeast, at_most: distinct.atMost } : null;

/** Fewest values to say that a column stands still. */
const fewestValues = 30;

/** A column stands still when its most common value has this share. */
const stillShare = 0.999;

function mostCommonShare(column: BinSetColumn, profile: ColumnProfile) {
  const { atLeast, atMost, of } = countMostCommon(column, profile);
  return of === 0 ? null : { at_least: atLeast / of, at_most: atMost / of };
}

/** Whether a column that varied in the reference has one value (nearly) everywhere; null where that is not certain. */
function standsStill(column: BinSetColumn, profile: ColumnProfile, reference: ColumnProfile): boolean | null {
  const now = mostCommonShare(column, profile);
  const before = mostCommonShare(column, reference);
  if (!now || !before || profile.n < fewestValues) return null;
  if (now.at_most < stillShare || before.at_least >= stillShare) return false;
  return now.at_least >= stillShare && before.at_most < stillShare ? true : null;
}

function rate(rows: number | null, of: number): number | null {
  return rows === null || of === 0 ? null : rows / of;
}
