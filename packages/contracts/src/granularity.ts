/** Lengths of the windows of series and monitors: UTC hours, days and ISO weeks (from Monday). */
export const granularities = ['hour', 'day', 'week'] as const;
export type Granularity = (typeof granularities)[number];
