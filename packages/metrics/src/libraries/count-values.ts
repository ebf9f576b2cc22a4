/** Rows of each distinct value on both sides, in order of first appearance. */
export function countValues(
  reference: readonly (number | string)[],
  current: readonly (number | string)[],
): { reference: number[]; current: number[] } {
  const places = new Map<number | string, number>();
  const counts = { reference: [] as number[], current: [] as number[] };
  for (const [side, values] of [
    [counts.reference, reference],
    [counts.current, current],
  ] as const) {
    for (const value of values) {
      const place = places.get(value) ?? places.size;
      places.set(value, place);
      side[place] = (side[place] ?? 0) + 1;
    }
  }
  const filled = (side: number[]) => Array.from({ length: places.size }, (_, i) => side[i] ?? 0);
  return { reference: filled(counts.reference), current: filled(counts.current) };
}
