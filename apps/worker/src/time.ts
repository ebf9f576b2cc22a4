export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Start of the UTC day that holds `ms`. */
export const startOfDay = (ms: number): number => Math.floor(ms / dayMs) * dayMs;

/** Start of the UTC month that holds `ms`. */
export function startOfMonth(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}
