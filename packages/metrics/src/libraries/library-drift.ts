import type { ColumnKind, MetricStatus } from '@plumbline/contracts';

/** Raw values of one column in time order; null is missing. Numbers for numeric columns, else text. */
export type ColumnValues = readonly (number | string | null)[];

export interface RawColumn {
  kind: ColumnKind;
  reference: ColumnValues;
  current: ColumnValues;
}

/** What another library says of a column by its own defaults. */
export interface LibraryDrift {
  /** `<library>_<its name of the method>`. */
  metric: string;
  /** The method, the binning and the threshold in words. */
  method: string;
  /** The number the library reports: the p-value of tests, else the distance. */
  value: number | null;
  pValue: number | null;
  threshold: number | null;
  drifted: boolean;
  status: MetricStatus;
}

/** Drift of a column by the rules of one library. */
export type LibraryRule = (column: RawColumn) => LibraryDrift;

export const presentOf = (values: ColumnValues): (number | string)[] =>
  values.filter((value) => value !== null && (typeof value === 'string' || Number.isFinite(value))) as (
    | number
    | string
  )[];

export function withoutDrift(
  method: Pick<LibraryDrift, 'metric' | 'method'>,
  status: Exclude<MetricStatus, 'ok'>,
): LibraryDrift {
  return { ...method, value: null, pValue: null, threshold: null, drifted: false, status };
}
