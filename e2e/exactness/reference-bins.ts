import type { Value } from './dataset.ts';

/** Frozen bins of a column, in the order of its counts. */
export type Bins =
  | { layout: 'numeric'; edges: number[] }
  | { layout: 'discrete'; values: number[] }
  | { layout: 'constant'; value: number }
  | { layout: 'categorical'; values: string[]; rare: Set<string> };

/** Quantile of type 7 of ascending values. */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low === high ? low : low + (high - low) * (place - below);
}

/** At most 20 distinct values: a bin each. More: bins between the distinct 5 % quantiles. */
export function numericBins(sorted: Float64Array): Bins {
  const distinct = [...new Set(sorted)];
  const [only] = distinct;
  if (only !== undefined && distinct.length === 1) return { layout: 'constant', value: only };
  if (distinct.length <= 20) return { layout: 'discrete', values: distinct };
  const edges = Array.from({ length: 21 }, (_, i) => quantile(sorted, i / 20));
  return { layout: 'numeric', edges: [...new Set(edges)] };
}

/** The up to 100 most frequent values with a share of at least 0.1 %; the others are rare. */
export function categoricalBins(values: readonly Value[]): Bins {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const order = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const kept = order.slice(0, 100).filter(([, n]) => n / total >= 0.001);
  return {
    layout: 'categorical',
    values: kept.map(([value]) => value),
    rare: new Set(order.slice(kept.length).map(([value]) => value)),
  };
}

export function binTotal(bins: Bins): number {
  switch (bins.layout) {
    case 'numeric':
      return bins.edges.length + 1;
    case 'discrete':
      return bins.values.length + 1;
    case 'constant':
      return 2;
    case 'categorical':
      return bins.values.length + 2;
  }
}

/** Finds the bin of a value: [lo, hi), the last one closed, with one bin below and one above. */
export function binFinder(bins: Bins): (value: Value) => number {
  if (bins.layout === 'categorical') {
    const places = new Map(bins.values.map((value, i) => [value, i]));
    const other = bins.values.length;
    return (value) => places.get(String(value)) ?? (bins.rare.has(String(value)) ? other : other + 1);
  }
  if (bins.layout === 'constant') return (value) => (value === bins.value ? 0 : 1);
  if (bins.layout === 'discrete') {
    const places = new Map(bins.values.map((value, i) => [value, i]));
    return (value) => places.get(Number(value)) ?? bins.values.length;
  }
  const { edges } = bins;
  const last = edges.at(-1) ?? Number.NaN;
  return (value) => {
    const x = Number(value);
    if (x > last) return edges.length;
    if (x === last) return edges.length - 1;
    let bin = 0;
    while (bin < edges.length && x >= (edges[bin] ?? Number.NaN)) bin += 1;
    return bin;
  };
}
