const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** Numbers below this are epoch seconds (until the year 5138), others epoch milliseconds. */
const millisecondsFrom = 1e11;

/**
 * Epoch milliseconds of an RFC 3339 text with an offset or of an epoch number (seconds or milliseconds, by
 * magnitude); null when it is neither. Days that do not exist are refused; a leap second is the second after it.
 */
export function parseTime(value: string | number): number | null {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    const ms = Math.abs(value) < millisecondsFrom ? value * 1000 : value;
    return Math.abs(ms) <= 8.64e15 ? Math.round(ms) : null;
  }
  const match = rfc3339.exec(value);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return null;
  if (day > 28 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  const fraction = match[7] ? Math.floor(Number(`0.${match[7]}`) * 1000) : 0;
  const offsetHours = Number(match[9] ?? 0);
  const offsetMinutes = Number(match[10] ?? 0);
  if (offsetHours > 23 || offsetMinutes > 59) return null;
  const offset = (match[8] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes) * 60_000;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  return year < 100 ? null : utc - offset;
}
