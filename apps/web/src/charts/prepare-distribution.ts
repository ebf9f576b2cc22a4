import type { DistributionAnswer } from '@plumbline/contracts';
import { formatNumber } from '../format-number.ts';

export interface DistributionRow {
  label: string;
  reference: number | null;
  current: number;
  referenceCount: number | null;
  currentCount: number;
}

type Bin = DistributionAnswer['bins'][number];

const words: Partial<Record<Bin['kind'], string>> = {
  below: 'below reference',
  above: 'above reference',
  other: 'other (rare)',
  unseen: 'new values',
};

function binLabel(bin: Bin): string {
  const word = words[bin.kind];
  if (word) return word;
  if (bin.kind === 'range' && bin.from !== null && bin.to !== null)
    return `${formatNumber(bin.from)} to ${formatNumber(bin.to)}`;
  return bin.label;
}

const row = (bin: Bin): DistributionRow => ({
  label: binLabel(bin),
  reference: bin.reference_share,
  current: bin.current_share ?? 0,
  referenceCount: bin.reference_count,
  currentCount: bin.current_count,
});

const isEdge = (bin: Bin) => bin.kind in words;
const isEmpty = (bin: Bin) => bin.current_count === 0 && (bin.reference_count ?? 0) === 0;

/**
 * Distribution answer → rows to draw. Ranges stay in their order; values go by size and at most `limit` are kept, the
 * rest is summed into one row that says how many it holds. Empty bins outside the reference are left out.
 */
export function prepareDistribution(answer: DistributionAnswer, limit = 20): DistributionRow[] {
  const bins = answer.bins.filter((bin) => !(isEdge(bin) && isEmpty(bin)));
  const values = bins.filter((bin) => bin.kind === 'value');
  if (answer.kind === 'numeric' || values.length === 0) return bins.map(row);
  const size = (bin: Bin) => Math.max(bin.current_share ?? 0, bin.reference_share ?? 0);
  const sorted = [...values].sort((a, b) => size(b) - size(a) || a.label.localeCompare(b.label));
  const shown = sorted.length > limit ? sorted.slice(0, limit - 1) : sorted;
  const rest = sorted.slice(shown.length).map(row);
  const sum = (pick: (r: DistributionRow) => number | null) => rest.reduce((a, r) => a + (pick(r) ?? 0), 0);
  const merged: DistributionRow[] =
    rest.length === 0
      ? []
      : [
          {
            label: `${rest.length} more values`,
            reference: sum((r) => r.reference),
            current: sum((r) => r.current),
            referenceCount: sum((r) => r.referenceCount),
            currentCount: sum((r) => r.currentCount),
          },
        ];
  return [...shown.map(row), ...merged, ...bins.filter(isEdge).map(row)];
}
