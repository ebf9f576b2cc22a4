/**
 * What has become of the rows. At any time `logged` = `queued` + `accepted` + `duplicates` + `rejected` + `dropped`.
 */
export interface Stats {
  /** Rows given to `log` and `logActual`. */
  logged: number;
  /** Rows that wait or are under way now. */
  queued: number;
  /** Rows sent at least once. */
  sent: number;
  /** Rows the server stored. */
  accepted: number;
  /** Rows the server had already, with equal content. */
  duplicates: number;
  /** Rows that cannot be stored as they are; each was given to `onRejected`. */
  rejected: number;
  /** Rows lost: full queue, closed client, refused request, time over. */
  dropped: number;
  /** Requests that repeated an earlier one. */
  retried: number;
  /** Failures given to `onError`. */
  errors: number;
}

export const emptyStats = (): Stats => ({
  logged: 0,
  queued: 0,
  sent: 0,
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  dropped: 0,
  retried: 0,
  errors: 0,
});
