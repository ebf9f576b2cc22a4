import type { RowKind } from './rows.ts';

/** A failure that `onError` is told. */
export interface ClientError {
  message: string;
  /** HTTP status, or null when there was no answer. */
  status: number | null;
  /** True: the same rows are sent again after a pause. False: they are dropped. */
  willRetry: boolean;
  /** Rows it concerns. */
  rows: number;
}

/** A row that `onRejected` is told: sending it again as it is would not help. */
export interface RejectedRow {
  kind: RowKind;
  prediction_id: string | null;
  /** Why, e.g. `type_mismatch`, `id_conflict`, `timestamp_in_future`. */
  code: string;
  /** JSON pointer into the row, e.g. `/features/distance`; empty for the row itself. */
  pointer: string;
  detail: string;
  /** The row as it was sent; null when it could not be written as JSON. */
  row: unknown;
}

/** Calls a callback of the caller; what it throws, now or by a promise, goes nowhere. */
export function callSafely<T>(callback: ((value: T) => unknown) | undefined, value: T): void {
  try {
    void Promise.resolve(callback?.(value)).then(undefined, () => undefined);
  } catch {
    // The caller's own failure; it must not stop the sending.
  }
}
