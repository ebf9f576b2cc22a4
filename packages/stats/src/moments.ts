/** Mergeable count, mean and sum of squared deviations from the mean. */
export interface Moments {
  n: number;
  mean: number;
  m2: number;
}
