type Counts = readonly number[];

const total = (counts: Counts) => counts.reduce((sum, n) => sum + n, 0);

function pairs(reference: Counts, current: Counts, added = 0): [number, number][] {
  const n = total(reference) + added * reference.length;
  const m = total(current) + added * current.length;
  return reference.map((count, i) => [(count + added) / n, ((current[i] ?? 0) + added) / m]);
}

const sumOf = (terms: number[]) => terms.reduce((sum, term) => sum + term, 0);
const entropyTerm = (p: number, m: number) => (p === 0 ? 0 : p * Math.log2(p / m));

/** Σ(p − q) ln(p / q), half a row added to every bin. */
export function psi(reference: Counts, current: Counts): number {
  return sumOf(pairs(reference, current, 0.5).map(([p, q]) => (p - q) * Math.log(p / q)));
}

/** √(½ KL(p‖m) + ½ KL(q‖m)), base 2. */
export function jsDistance(reference: Counts, current: Counts): number {
  const terms = pairs(reference, current).map(([p, q]) => {
    const m = (p + q) / 2;
    return (entropyTerm(p, m) + entropyTerm(q, m)) / 2;
  });
  return Math.sqrt(Math.max(0, sumOf(terms)));
}

export function hellinger(reference: Counts, current: Counts): number {
  const terms = pairs(reference, current).map(([p, q]) => (Math.sqrt(p) - Math.sqrt(q)) ** 2);
  return Math.sqrt(sumOf(terms) / 2);
}

export function tvd(reference: Counts, current: Counts): number {
  return sumOf(pairs(reference, current).map(([p, q]) => Math.abs(p - q))) / 2;
}

export function lInfinity(reference: Counts, current: Counts): number {
  return Math.max(...pairs(reference, current).map(([p, q]) => Math.abs(p - q)));
}

/** Cells of a 2×K table whose expected count is below 5 on either side form one, which grows until it is not. */
function pooled(reference: Counts, current: Counts): [number, number][] {
  const all = reference
    .map((count, i): [number, number] => [count, current[i] ?? 0])
    .filter(([r, c]) => r + c > 0)
    .sort(([a, b], [c, d]) => a + b - c - d || a - c);
  const n = total(reference);
  const m = total(current);
  const isRare = ([r, c]: [number, number]) => ((r + c) * Math.min(n, m)) / (n + m) < 5;
  const pool: [number, number] = [0, 0];
  let taken = 0;
  for (const cell of all) {
    if (!isRare(cell) && (taken === 0 || !isRare(pool))) break;
    pool[0] += cell[0];
    pool[1] += cell[1];
    taken += 1;
  }
  return taken > 0 ? [pool, ...all.slice(taken)] : all;
}

/** Pearson's χ² of the 2×K table without Yates' correction; undefined when pooling leaves nothing to test. */
export function chiSquare(
  reference: Counts,
  current: Counts,
): { statistic: number; degrees: number } | undefined {
  const cells = pooled(reference, current);
  if (cells.length < 2) {
    const occupied = reference.filter((count, i) => count + (current[i] ?? 0) > 0).length;
    return occupied > 1 ? undefined : { statistic: 0, degrees: 0 };
  }
  const n = total(reference);
  const m = total(current);
  // Σ over cells of (r·m − c·n)² / (n·m·(r + c)): the textbook form without expected counts.
  const terms = cells.map(([r, c]) => (r * m - c * n) ** 2 / (n * m * (r + c)));
  return { statistic: sumOf(terms), degrees: cells.length - 1 };
}

/** Largest gap of the two cumulative shares over ordered bins. */
export function ksOfCounts(reference: Counts, current: Counts): number {
  let gap = 0;
  let largest = 0;
  for (const [p, q] of pairs(reference, current)) {
    gap += p - q;
    largest = Math.max(largest, Math.abs(gap));
  }
  return largest;
}

/** ∫|F − G| of points with shares. */
export function wassersteinOfPoints(
  reference: { at: number; weight: number }[],
  current: { at: number; weight: number }[],
): number {
  const n = sumOf(reference.map((point) => point.weight));
  const m = sumOf(current.map((point) => point.weight));
  const steps = [
    ...reference.map(({ at, weight }) => ({ at, step: weight / n })),
    ...current.map(({ at, weight }) => ({ at, step: -weight / m })),
  ].sort((a, b) => a.at - b.at);
  let area = 0;
  let gap = 0;
  steps.forEach(({ at, step }, i) => {
    gap += step;
    const next = steps[i + 1];
    if (next) area += Math.abs(gap) * (next.at - at);
  });
  return area;
}
