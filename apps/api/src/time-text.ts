/** RFC 3339 UTC text of epoch milliseconds or a date; null stays null. */
export function timeText(at: Date | number): string;
export function timeText(at: Date | number | null): string | null;
export function timeText(at: Date | number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
