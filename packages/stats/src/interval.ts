/** A confidence interval; `lower` ≤ `upper`. */
export interface Interval {
  lower: number;
  upper: number;
}
