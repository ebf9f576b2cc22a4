import { formatWithInterval } from '../format-number.ts';
import type { TimeSeriesRow } from './prepare-time-series.ts';

/** `0.813 (0.802 to 0.824)`: an estimate and its band. */
export const estimateText = ({ estimate, estimateBand }: TimeSeriesRow): string =>
  formatWithInterval(estimate, estimateBand?.[0], estimateBand?.[1]);
