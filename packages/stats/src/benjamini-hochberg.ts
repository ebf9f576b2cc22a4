/**
 * Benjamini–Hochberg adjusted p-values, in input order: p_(i) → min over j ≥ i of p_(j)·m/j, at most 1.
 * Rejecting those ≤ q keeps the expected share of false rejections at or below q.
 * Entries that are `undefined` or outside [0, 1] stay `undefined` and do not count as tests.
 */
export function benjaminiHochberg(pValues: readonly (number | undefined)[]): (number | undefined)[] {
  const adjusted = new Array<number | undefined>(pValues.length).fill(undefined);
  const ranked: { p: number; index: number }[] = [];
  for (const [index, p] of pValues.entries()) {
    if (p !== undefined && p >= 0 && p <= 1) ranked.push({ p, index });
  }
  ranked.sort((a, b) => b.p - a.p);
  let smallest = 1;
  for (const [position, { p, index }] of ranked.entries()) {
    smallest = Math.min(smallest, (p * ranked.length) / (ranked.length - position));
    adjusted[index] = smallest;
  }
  return adjusted;
}
