const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 6, useGrouping: false });

/** An event's value as text; integers whole, other numbers to 6 significant digits. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'missing';
  return typeof value === 'number' && !Number.isInteger(value) ? digits.format(value) : String(value);
}
