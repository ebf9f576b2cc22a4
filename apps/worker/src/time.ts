export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Start of the UTC day that holds `ms`. */
export const startOfDay = (ms: number): number => Math.floor(ms / dayMs) * dayMs;
