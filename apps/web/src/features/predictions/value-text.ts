import { formatNumber } from '../../format-number.ts';

/** A feature's value as text; numbers to 3 significant digits. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'missing';
  return typeof value === 'number' ? formatNumber(value) : String(value);
}
