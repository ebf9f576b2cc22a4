import type { Granularity } from '@plumbline/contracts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;
/** 1970-01-01 was a Thursday: weeks that start on Monday are this far from multiples of a week. */
const mondayMs = 3 * dayMs;

/** Start of the UTC slot, in epoch ms, that holds `predicted_ms`; weeks start on Monday (ISO 8601). */
export function slotSql(grain: Granularity): string {
  if (grain === 'hour') return `(predicted_ms // ${hourMs} * ${hourMs})`;
  if (grain === 'day') return `(predicted_ms // ${dayMs} * ${dayMs})`;
  return `((predicted_ms + ${mondayMs}) // ${weekMs} * ${weekMs} - ${mondayMs})`;
}
