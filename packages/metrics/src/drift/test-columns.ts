import type { BinSet, BinSetColumn, Profile } from '@plumbline/contracts';
import { benjaminiHochberg } from '@plumbline/stats';
import { emptyColumnProfile } from '../empty-profile.ts';
import { chiSquareMetric } from './chi-square.ts';
import { ksMetric } from './ks.ts';
import { primaryMetric } from './primary-metric.ts';

export interface ColumnTest {
  pValue: number;
  /** After Benjamini–Hochberg; see {@link adjustPValues}. */
  adjustedP: number;
}

export function isFeature(column: string): boolean {
  return column.startsWith('features.');
}

/**
 * Benjamini–Hochberg adjusted p-values of columns of one window, in input order: over the features for features, and
 * over all columns for the others. Columns without a p-value are no tests.
 */
export function adjustPValues(
  columns: readonly { column: string; pValue: number | undefined }[],
): (number | undefined)[] {
  const ofFeatures = benjaminiHochberg(
    columns.map(({ column, pValue }) => (isFeature(column) ? pValue : undefined)),
  );
  const ofAll = benjaminiHochberg(columns.map(({ pValue }) => pValue));
  return columns.map(({ column }, i) => (isFeature(column) ? ofFeatures[i] : ofAll[i]));
}

/** Tests every column of a window against the reference; columns that cannot be tested are left out. */
export function testColumns(binSet: BinSet, reference: Profile, current: Profile): Map<string, ColumnTest> {
  const tested = binSet.columns.map((column) => ({
    column: column.column,
    pValue: testP(column, reference, current),
  }));
  const adjusted = adjustPValues(tested);
  return new Map(
    tested.flatMap(({ column, pValue }, i) => {
      const adjustedP = adjusted[i];
      return pValue === undefined || adjustedP === undefined
        ? []
        : [[column, { pValue, adjustedP }] as const];
    }),
  );
}

function testP(column: BinSetColumn, reference: Profile, current: Profile): number | undefined {
  const empty = emptyColumnProfile(column.bins);
  const test = primaryMetric(column).test === 'ks' ? ksMetric : chiSquareMetric;
  const score = test.scoreColumn?.({
    column,
    reference: reference.columns[column.column] ?? empty,
    current: current.columns[column.column] ?? empty,
  });
  return score?.pValue ?? undefined;
}
