import type { FeatureBins } from './feature-bins.ts';
import type { FeatureColumn } from './feature-column.ts';

/**
 * Bins of a feature from its training rows: for numbers at most `most` bins, cut halfway between neighbouring distinct
 * values (few distinct values) or at equally spaced quantiles; for categories one bin each in the order of the mean
 * target, those with fewer than `leastRows` rows (or beyond the `most` − 1 commonest) sharing one.
 */
export function learnBins(
  column: FeatureColumn,
  target: Float64Array,
  { most, leastRows }: { most: number; leastRows: number },
): FeatureBins {
  return column.kind === 'numeric'
    ? { name: column.name, kind: 'numeric', thresholds: cutPoints(column.values, most) }
    : orderCategories(column, target, most, leastRows);
}

function cutPoints(values: Float64Array, most: number): number[] {
  const sorted = values.filter(Number.isFinite).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const halfway = (array: Float64Array, i: number) => ((array[i - 1] ?? 0) + (array[i] ?? 0)) / 2;
  if (distinct.length <= most)
    return Array.from({ length: Math.max(0, distinct.length - 1) }, (_, i) => halfway(distinct, i + 1));
  const cuts: number[] = [];
  for (let bin = 1; bin < most; bin++) {
    const position = (bin / most) * (sorted.length - 1);
    const cut = ((sorted[Math.floor(position)] ?? 0) + (sorted[Math.ceil(position)] ?? 0)) / 2;
    if (cut > (cuts.at(-1) ?? -Infinity) && cut < (sorted.at(-1) ?? cut)) cuts.push(cut);
  }
  return cuts;
}

interface Group {
  codes: number[];
  rows: number;
  sum: number;
}

function orderCategories(
  { name, values }: FeatureColumn,
  target: Float64Array,
  most: number,
  leastRows: number,
): FeatureBins {
  const groups = new Map<number, Group>();
  values.forEach((code, row) => {
    if (!Number.isFinite(code)) return;
    const group = groups.get(code) ?? { codes: [code], rows: 0, sum: 0 };
    group.rows += 1;
    group.sum += target[row] ?? 0;
    groups.set(code, group);
  });
  const byRows = [...groups.values()].sort(
    (a, b) => b.rows - a.rows || (a.codes[0] ?? 0) - (b.codes[0] ?? 0),
  );
  const kept = byRows.filter((group, i) => group.rows >= leastRows && i < most - 1);
  const rare = byRows.slice(kept.length);
  if (rare.length > 0)
    kept.push({
      codes: rare.flatMap((group) => group.codes),
      rows: rare.reduce((rows, group) => rows + group.rows, 0),
      sum: rare.reduce((sum, group) => sum + group.sum, 0),
    });
  kept.sort((a, b) => a.sum / a.rows - b.sum / b.rows);
  const codes = kept.flatMap((group) => group.codes);
  const bins = kept.flatMap((group, bin) => group.codes.map(() => bin));
  return { name, kind: 'categorical', codes, bins, count: kept.length };
}
