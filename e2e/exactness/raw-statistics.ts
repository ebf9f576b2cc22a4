/** Walks two ascending samples together: `visit` gets each distinct value and the shares at or below it. */
function walk(
  a: Float64Array,
  b: Float64Array,
  visit: (value: number, shareOfA: number, shareOfB: number) => void,
): void {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const value = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    visit(value, i / a.length, j / b.length);
  }
}

/** Two-sample Kolmogorov–Smirnov statistic of the values themselves. */
export function exactKs(reference: Float64Array, current: Float64Array): number {
  let largest = 0;
  walk(reference, current, (_, f, g) => {
    largest = Math.max(largest, Math.abs(f - g));
  });
  return largest;
}

/** Wasserstein-1 distance of the values themselves. */
export function exactWasserstein(reference: Float64Array, current: Float64Array): number {
  let area = 0;
  let before = Number.NaN;
  let gap = 0;
  walk(reference, current, (value, f, g) => {
    if (!Number.isNaN(before)) area += gap * (value - before);
    before = value;
    gap = Math.abs(f - g);
  });
  return area;
}

/** ROC AUC by midranks and average precision over distinct scores, of the scores themselves. */
export function exactRanking(
  scores: readonly number[],
  positives: readonly boolean[],
): { auc: number; averagePrecision: number } {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const n1 = positives.filter(Boolean).length;
  const n0 = positives.length - n1;
  let above = 0;
  let wrong = 0;
  let wins = 0;
  let precisionSum = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start] ?? 0];
    let p = 0;
    let q = 0;
    let end = start;
    for (; end < order.length && scores[order[end] ?? 0] === score; end++) {
      if (positives[order[end] ?? 0]) p += 1;
      else q += 1;
    }
    wins += q * (above + p / 2);
    above += p;
    wrong += q;
    precisionSum += (p * above) / (above + wrong);
    start = end;
  }
  return { auc: wins / (n1 * n0), averagePrecision: precisionSum / n1 };
}
