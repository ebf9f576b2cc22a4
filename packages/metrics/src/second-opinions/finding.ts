import type { MetricStatus, PMethod } from '@plumbline/contracts';

/** What a test found in the rows of both sides. */
interface Finding {
  value: number;
  /** Absent for a distance without a test. */
  p?: { value: number; method: PMethod; bound?: 'at_most' | 'at_least' | null };
  /** Rows of a side that it looked at, where it did not take all. */
  rows?: { reference: number; current: number };
}

/** A finding, or why there is none. */
export type Outcome = Finding | Exclude<MetricStatus, 'ok'>;

/** One test of whether two sides have the same distribution. `Sides` is what it is given. */
export interface DistributionTest<Sides> {
  test: string;
  title: string;
  /** What the value is, with its unit and range. */
  measures: string;
  sensitiveTo: string;
  /** Rows of each side below which it says `insufficient_data`. */
  minN: number;
  /** Yields within long computations. */
  run: (sides: Sides) => Generator<void, Outcome>;
}
