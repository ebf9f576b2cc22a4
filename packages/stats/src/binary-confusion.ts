/** Counts of a binary classifier at one threshold; a score equal to the threshold is predicted positive. */
export interface BinaryConfusion {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}
