/** The value of a posted row at a target such as `prediction_score` or `features.distance`, as text. */
export function sampleValue(row: unknown, target: string): string {
  const at = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  const dot = target.indexOf('.');
  const value = dot === -1 ? at(row, target) : at(at(row, target.slice(0, dot)), target.slice(dot + 1));
  if (value === undefined || value === null) return '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
