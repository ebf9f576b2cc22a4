const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const three = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const withMinus = (text: string) => text.replace('-', '−');

function magnitude(value: number): string {
  const size = Math.abs(value);
  if (size >= 100_000) return compact.format(value);
  return size >= 1000 || Number.isInteger(value) ? whole.format(value) : three.format(value);
}

/** 3 significant digits; tiny magnitudes as `< 0.001`, large ones with SI-like suffix; `–` for what has no value. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && size < 0.001) return value > 0 ? '< 0.001' : '> −0.001';
  return withMinus(magnitude(value));
}

/** At most 3 significant digits, no trailing zeros: for axes and for thresholds that people set. */
export function formatShort(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return withMinus(Math.abs(value) >= 10_000 ? compact.format(value) : significant.format(value));
}

/** A whole count with thousands separators. */
export const formatCount = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : whole.format(value);

/** `1 event`, `2,000 events`. */
export const formatCounted = (value: number, noun: string): string =>
  `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;

/** A share in [0, 1] as a percentage with 3 significant digits. */
export function formatShare(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const percent = value * 100;
  if (percent !== 0 && Math.abs(percent) < 0.01) return '< 0.01\u00a0%';
  return `${withMinus(significant.format(percent))}\u00a0%`;
}

/** `0.813 (0.802 to 0.824)`; the interval is left out when unknown. */
export function formatWithInterval(
  value: number | null | undefined,
  lower: number | null | undefined,
  upper: number | null | undefined,
): string {
  const text = formatNumber(value);
  if (lower === null || lower === undefined || upper === null || upper === undefined) return text;
  return `${text} (${formatNumber(lower)} to ${formatNumber(upper)})`;
}

/** `+0.0120` or `−0.000300`: a signed difference, as parts that add up may each be small; below a millionth `< 0.000001`. */
export function formatSigned(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-6) return value > 0 ? '< 0.000001' : '> −0.000001';
  const text = size !== 0 && size < 0.001 ? withMinus(three.format(value)) : formatNumber(value);
  return value > 0 ? `+${text}` : text;
}
