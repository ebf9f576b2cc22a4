/** Text on a reference line, with a halo that keeps it readable where a series crosses it. */
export const lineLabel = (value: string) => ({
  value,
  fontWeight: 600,
  stroke: 'var(--panel-background)',
  strokeWidth: 4,
  paintOrder: 'stroke',
});
