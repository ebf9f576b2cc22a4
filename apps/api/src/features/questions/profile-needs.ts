import type { BinSet } from '@plumbline/contracts';

/** What of its profiles a question reads: all of it unless told. The rest is not loaded, and not to be looked at. */
export interface ProfileNeeds {
  /** Keys of columns. */
  columns?: readonly string[];
  withPerformance?: boolean;
  withAttributions?: boolean;
}

/** The bins of the columns that are read. */
export const neededBins = ({ columns }: BinSet, { columns: needed }: ProfileNeeds): BinSet => ({
  columns: needed ? columns.filter(({ column }) => needed.includes(column)) : columns,
});

/** What scans are told to leave out. */
export const neededSections = ({ withPerformance = true, withAttributions = true }: ProfileNeeds) => ({
  withPerformance,
  withAttributions,
});
