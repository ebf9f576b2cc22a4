/**
 * SVG path of a sparkline, one `M…L…` piece per run of known values: gaps stay gaps. A flat series runs through the
 * middle; a lone value becomes a short dash; nothing known gives an empty path.
 */
export function prepareSparkline(values: (number | null)[], width: number, height: number): string {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return '';
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const x = (index: number) => (values.length === 1 ? width / 2 : (index / (values.length - 1)) * width);
  const y = (value: number) => (span === 0 ? height / 2 : height - ((value - low) / span) * height);
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const previous = values[index - 1];
    const next = values[index + 1];
    const isAlone = (previous === undefined || previous === null) && (next === undefined || next === null);
    const at = `${x(index).toFixed(1)},${y(value).toFixed(1)}`;
    if (isAlone) path += `M${(x(index) - 1.5).toFixed(1)},${y(value).toFixed(1)}h3`;
    else path += previous === undefined || previous === null ? `M${at}` : `L${at}`;
  });
  return path;
}
