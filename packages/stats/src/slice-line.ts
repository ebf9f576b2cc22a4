import { compareSlices, type FoundSlice } from './found-slice.ts';
import { type SliceLineScoring, type SliceSums, sliceLineBound, sliceLineScore } from './slice-line-score.ts';
import { createSliceTable, type SliceRows } from './slice-table.ts';

export interface SliceLineOptions {
  alpha: number;
  minSize: number;
  /** Slices kept. */
  k: number;
  /** Most predicates of a slice. */
  maxLevel: number;
  /** Slices looked at before the search gives up. */
  maxCandidates: number;
}

export interface SliceLineResult {
  /** Best score first, at most `k`. */
  slices: FoundSlice[];
  /** Slices whose rows were counted. */
  candidates: number;
  /** The search gave up: there may be better slices. */
  isTruncated: boolean;
}

/** A slice that may still have children worth looking at; `items` are numbers of levels, ascending. */
interface Alive extends SliceSums {
  items: number[];
  bound: number;
}

/** Beyond the rounding of scores: a bound below the k-th score by less prunes nothing. */
const rounding = 1e-9;

/**
 * SliceLine: the k slices (conjunctions of at most `maxLevel` predicates, one a feature) of the highest score, by
 * levelwise enumeration. A slice is counted only when all slices with one predicate less are alive and the bound their
 * sums give is above zero and not below the k-th best score; so the result is that of looking at every slice. A slice of
 * the same rows as one with fewer predicates is left out. Errors must be ≥ 0 and finite; no slices when all are 0.
 *
 * A generator, so that a caller may do other things in between: it yields the number of candidates so far after every
 * few million rows read, and gives up when it is sent `true`. Ties go to the larger slice, then to the features given first.
 * Source: Sagadeeva & Boehm (SIGMOD 2021), "SliceLine: Fast, Linear-Algebra-based Slice Finding for ML Model Debugging".
 */
export function* sliceLine(
  data: SliceRows,
  options: SliceLineOptions,
): Generator<number, SliceLineResult, boolean> {
  const table = createSliceTable(data);
  const { k, maxLevel, maxCandidates } = options;
  const scoring: SliceLineScoring = { ...options, rows: table.rows, meanError: table.meanError };
  const best: FoundSlice[] = [];
  let [candidates, workDone] = [0, 0];
  const leastScore = () => (best.length < k ? 0 : (best.at(-1)?.score ?? 0));
  const isWorthwhile = (bound: number) => {
    const least = leastScore();
    return bound > 0 && bound >= least - rounding * Math.max(1, Math.abs(least));
  };
  /** Records the slice; gives it back when its children may matter. */
  function consider(items: number[], sums: SliceSums): Alive | undefined {
    candidates++;
    if (sums.size < options.minSize || sums.errorSum <= 0) return undefined;
    const score = sliceLineScore(scoring, sums);
    if (score > 0) {
      best.push({ items: items.map(table.itemOf), score, ...sums });
      best.sort(compareSlices);
      best.length = Math.min(best.length, k);
    }
    const bound = sliceLineBound(scoring, sums);
    return isWorthwhile(bound) ? { items, bound, ...sums } : undefined;
  }
  const result = (isTruncated: boolean): SliceLineResult => ({ slices: best, candidates, isTruncated });

  if (!(table.meanError > 0) || maxLevel < 1) return result(false);
  let alive: Alive[] = [];
  for (let feature = 0; feature < table.features; feature++) {
    workDone += table.rows;
    for (const { item, ...sums } of table.countFeature(table.allRows, feature)) {
      const first = consider([item], sums);
      if (first) alive.push(first);
    }
    if (workDone > table.workAYield) {
      workDone = 0;
      if (yield candidates) return result(true);
    }
  }
  for (let level = 2; level <= maxLevel && alive.length > 1; level++) {
    const known = new Map(alive.map((slice) => [table.keyOf(slice.items), slice]));
    const next: Alive[] = [];
    for (const { parent, partners } of joins(alive, table)) {
      const wanted = new Map<number, Map<number, Alive[]>>();
      for (const partner of partners) {
        const parents = parentsOf(parent, partner, known, table.keyOf);
        if (!parents || !isWorthwhile(sliceLineBound(scoring, leastOf(parents)))) continue;
        const last = partner.items.at(-1) ?? 0;
        const { feature } = table.itemOf(last);
        wanted.set(feature, (wanted.get(feature) ?? new Map<number, Alive[]>()).set(last, parents));
      }
      if (wanted.size === 0) continue;
      if (candidates >= maxCandidates) return result(true);
      const rows = table.rowsOf(parent.items);
      for (const [feature, items] of wanted) {
        workDone += rows.length;
        for (const { item, ...sums } of table.countFeature(rows, feature)) {
          const parents = items.get(item);
          if (!parents) continue;
          const isSameRows = parents.some(({ size }) => size === sums.size);
          const child = isSameRows ? undefined : consider([...parent.items, item], sums);
          if (child) next.push(child);
        }
      }
      workDone += table.rows;
      if (workDone > table.workAYield) {
        workDone = 0;
        if (yield candidates) return result(true);
      }
    }
    alive = next.filter(({ bound }) => isWorthwhile(bound));
  }
  return result(false);
}

/** Pairs that differ in their last item alone: every candidate of the next level comes from exactly one, best first. */
function* joins(alive: readonly Alive[], { keyOf, itemOf }: ReturnType<typeof createSliceTable>) {
  const groups = new Map<number, Alive[]>();
  for (const slice of alive) {
    const key = keyOf(slice.items.slice(0, -1));
    const group = groups.get(key);
    if (group) group.push(slice);
    else groups.set(key, [slice]);
  }
  for (const parent of alive.toSorted((a, b) => b.bound - a.bound)) {
    const last = itemOf(parent.items.at(-1) ?? 0).feature;
    const group = groups.get(keyOf(parent.items.slice(0, -1))) ?? [];
    const partners = group.filter(({ items }) => itemOf(items.at(-1) ?? 0).feature > last);
    if (partners.length > 0) yield { parent, partners };
  }
}

/** All slices with one predicate less than parent + partner, or nothing when one of them is not alive. */
function parentsOf(
  parent: Alive,
  partner: Alive,
  known: ReadonlyMap<number, Alive>,
  keyOf: (items: readonly number[]) => number,
): Alive[] | undefined {
  const items = [...parent.items, partner.items.at(-1) ?? 0];
  const parents = [parent, partner];
  for (let left = 0; left < items.length - 2; left++) {
    const other = known.get(keyOf(items.toSpliced(left, 1)));
    if (!other) return undefined;
    parents.push(other);
  }
  return parents;
}

function leastOf(parents: readonly SliceSums[]): SliceSums {
  return {
    size: Math.min(...parents.map(({ size }) => size)),
    errorSum: Math.min(...parents.map(({ errorSum }) => errorSum)),
    maxError: Math.min(...parents.map(({ maxError }) => maxError)),
  };
}
