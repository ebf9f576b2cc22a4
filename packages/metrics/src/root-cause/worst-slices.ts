import { type Dimension, type DiscoverSlicesAnswer, type FilterLeaf, levelCount } from '@plumbline/contracts';
import {
  benjaminiHochberg,
  effectSize,
  type FoundSlice,
  type Moments,
  type SliceLineOptions,
  type SliceRows,
  sliceImpact,
  sliceLine,
  welchTest,
} from '@plumbline/stats';
import { allOf, levelPredicate } from './level-predicate.ts';
import type { SliceLoss } from './slice-loss.ts';

/** Rows with their loss and, by dimension, their level; those held out are kept from the search. */
export interface SplitRows {
  codes: readonly Uint8Array[];
  measure: Float64Array;
  heldOut: Uint8Array;
}

type Discovered = DiscoverSlicesAnswer['slices'][number];

const leastHeldOut = 20;
const level = 0.05;

const mostCandidates = 500_000;

/** How slices are searched; see `sliceLine`. */
type SliceSearch = Omit<SliceLineOptions, 'maxCandidates'>;

/** The half that is searched. */
export function searchedRows(
  { codes, measure, heldOut }: SplitRows,
  dimensions: readonly Dimension[],
): SliceRows {
  const isSearched = (_: number, row: number) => heldOut[row] === 0;
  return {
    features: dimensions.map((dimension, i) => ({
      codes: (codes[i] ?? new Uint8Array()).filter(isSearched),
      levels: levelCount(dimension),
    })),
    errors: measure.filter(isSearched),
  };
}

/** Default for the fewest rows of a slice: 1 % of those searched, at least 32. */
export const defaultLeastRows = (searched: number): number => Math.max(32, Math.ceil(searched / 100));

/** Searches the rows; yields on the way and gives up when sent `true`. */
export const searchSlices = (rows: SliceRows, options: SliceSearch): ReturnType<typeof sliceLine> =>
  sliceLine(rows, { ...options, maxCandidates: mostCandidates });

/**
 * What the found slices are like in all rows, and whether they are worse in the half that was not searched: Welch's
 * one-sided test, adjusted over the slices, and the impact with its interval.
 */
export function judgeSlices(
  rows: SplitRows,
  dimensions: readonly Dimension[],
  found: readonly FoundSlice[],
  loss: SliceLoss,
): Discovered[] {
  const halves = found.map((slice) => ({
    all: momentsOf(rows, slice, () => true),
    heldOut: momentsOf(rows, slice, (row) => rows.heldOut[row] === 1),
  }));
  const pValues = halves.map(({ heldOut: { inside, rest } }) =>
    inside.n < leastHeldOut ? undefined : oneSidedP(inside, rest),
  );
  const adjusted = benjaminiHochberg(pValues);
  const shown = ({ n, mean }: Moments) => (n === 0 ? null : loss.show(mean));
  return found.map((slice, i) => {
    const { all, heldOut } = halves[i] ?? { all: nothing, heldOut: nothing };
    const isEnough = heldOut.inside.n >= leastHeldOut;
    const impact = isEnough ? sliceImpact(heldOut.inside, heldOut.rest, loss.worse) : undefined;
    const adjustedP = adjusted[i];
    const predicates = slice.items.flatMap(({ feature, code }) => {
      const dimension = dimensions[feature];
      return dimension ? [{ field: dimension.field, ...levelPredicate(dimension, code) }] : [];
    });
    return {
      predicates: predicates.map(({ field, label }) => ({ field, label })),
      filter: allOf(predicates.flatMap(({ leaves }): FilterLeaf[] => leaves)),
      n: all.inside.n,
      share: all.inside.n / Math.max(1, rows.measure.length),
      value: shown(all.inside),
      value_of_rest: shown(all.rest),
      score: slice.score,
      n_held_out: heldOut.inside.n,
      value_held_out: shown(heldOut.inside),
      impact: impact?.impact ?? null,
      lower: impact?.lower ?? null,
      upper: impact?.upper ?? null,
      effect_size: (isEnough ? effectSize(heldOut.inside, heldOut.rest) : undefined) ?? null,
      p_value: pValues[i] ?? null,
      adjusted_p: adjustedP ?? null,
      verdict:
        adjustedP === undefined ? 'insufficient_data' : adjustedP < level ? 'confirmed' : 'not_confirmed',
    };
  });
}

/** Where nothing varies on either side there is no chance involved. */
function oneSidedP(inside: Moments, rest: Moments): number | undefined {
  if (rest.n < leastHeldOut) return undefined;
  return welchTest(inside, rest)?.pValue ?? (inside.mean > rest.mean ? 0 : 1);
}

const empty: Moments = { n: 0, mean: 0, m2: 0 };
const nothing = { inside: empty, rest: empty };

function momentsOf(
  { codes, measure }: SplitRows,
  { items }: FoundSlice,
  counts: (row: number) => boolean,
): { inside: Moments; rest: Moments } {
  const sides = { inside: { ...empty }, rest: { ...empty } };
  const predicates = items.map(({ feature, code }) => ({ of: codes[feature] ?? new Uint8Array(), code }));
  for (let row = 0; row < measure.length; row++) {
    if (!counts(row)) continue;
    const side = predicates.every(({ of, code }) => of[row] === code) ? sides.inside : sides.rest;
    const value = measure[row] ?? 0;
    side.n++;
    const distance = value - side.mean;
    side.mean += distance / side.n;
    side.m2 += distance * (value - side.mean);
  }
  return sides;
}
