import type { BinSetColumn, Bins, ColumnProfile, DistributionAnswer } from '@plumbline/contracts';

/** The body of a distribution answer, the column under its internal key. */
export type Distribution = Omit<DistributionAnswer, 'window'>;

type Slot = Pick<DistributionAnswer['bins'][number], 'label' | 'kind' | 'from' | 'to'> & {
  /** Positions in the counts that this bin puts together. */
  positions: number[];
};

/** Categories that get a bin of their own; with `other` and `unseen` a chart has at most 60. */
const maxCategories = 58;

/**
 * Both histograms of a column on its stored bins. Of many categories the ones with the largest shares stay, in
 * the order of the bin set, and the rest joins `other`. Shares are of the values present, null without any.
 */
export function distribution(
  { column, kind, bins }: BinSetColumn,
  reference: ColumnProfile | null,
  current: ColumnProfile,
): Distribution {
  return {
    column,
    kind,
    n_reference: reference?.n ?? null,
    n_current: current.n,
    missing_current: current.missing,
    missing_reference: reference?.missing ?? null,
    bins: slots(bins, reference, current).map(({ positions, ...slot }) => ({
      ...slot,
      reference_count: reference && countAt(reference, positions),
      reference_share: reference && shareAt(reference, positions),
      current_count: countAt(current, positions),
      current_share: shareAt(current, positions),
    })),
  };
}

function slots(bins: Bins, reference: ColumnProfile | null, current: ColumnProfile): Slot[] {
  switch (bins.layout) {
    case 'numeric':
      return rangeSlots(bins.edges);
    case 'discrete':
      return [
        ...bins.values.map((value, i) => valueSlot(formatNumber(value), i, value)),
        unseenSlot(bins.values.length),
      ];
    case 'constant':
      return [valueSlot(formatNumber(bins.value), 0, bins.value), unseenSlot(1)];
    case 'categorical':
      return categorySlots(bins.values, reference, current);
  }
}

function rangeSlots(edges: number[]): Slot[] {
  const min = edges[0] ?? null;
  const max = edges.at(-1) ?? null;
  const last = edges.length - 2;
  const ranges = edges.slice(0, -1).map((from, i): Slot => {
    const to = edges[i + 1] ?? from;
    const label = `[${formatNumber(from)}, ${formatNumber(to)}${i === last ? ']' : ')'}`;
    return { label, kind: 'range', from, to, positions: [i + 1] };
  });
  return [
    { label: 'below', kind: 'below', from: null, to: min, positions: [0] },
    ...ranges,
    { label: 'above', kind: 'above', from: max, to: null, positions: [edges.length] },
  ];
}

function categorySlots(values: string[], reference: ColumnProfile | null, current: ColumnProfile): Slot[] {
  const weight = (i: number) =>
    (reference ? (shareAt(reference, [i]) ?? 0) : 0) + (shareAt(current, [i]) ?? 0);
  const ranked = values
    .map((_, i) => ({ i, weight: weight(i) }))
    .sort((a, b) => b.weight - a.weight || a.i - b.i);
  const kept = new Set(ranked.slice(0, maxCategories).map(({ i }) => i));
  const folded = values.flatMap((_, i) => (kept.has(i) ? [] : [i]));
  return [
    ...values.flatMap((value, i) => (kept.has(i) ? [valueSlot(value, i, null)] : [])),
    { label: 'other', kind: 'other', from: null, to: null, positions: [...folded, values.length] },
    unseenSlot(values.length + 1),
  ];
}

function valueSlot(label: string, position: number, value: number | null): Slot {
  return { label, kind: 'value', from: value, to: value, positions: [position] };
}

function unseenSlot(position: number): Slot {
  return { label: 'unseen', kind: 'unseen', from: null, to: null, positions: [position] };
}

function countAt({ counts }: ColumnProfile, positions: number[]): number {
  return positions.reduce((sum, i) => sum + (counts[i] ?? 0), 0);
}

function shareAt(profile: ColumnProfile, positions: number[]): number | null {
  return profile.n > 0 ? countAt(profile, positions) / profile.n : null;
}

function formatNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}
