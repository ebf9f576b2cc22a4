const firstMs = Date.parse('0001-01-01T00:00:00Z');
const endMs = Date.parse('9999-12-31T23:59:59.999Z') + 1;

/** Whether epoch milliseconds fall into the years 1 to 9999, which every part of the system can write. */
export const isCalendarTime = (ms: number): boolean => ms >= firstMs && ms < endMs;
