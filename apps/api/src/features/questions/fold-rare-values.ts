import type { DistributionAnswer } from '@plumbline/contracts';

type Bins = DistributionAnswer['bins'];

/** As fairness hides groups: fewer events than this say something about single people. */
const fewest = 10;

const isRare = (count: number | null) => count !== null && count > 0 && count < fewest;

/** Categories that either side has of a handful of events join `other`, so that nobody is told by a rare value. */
export function foldRareValues(bins: Bins): Bins {
  const rare = bins.filter(
    ({ kind, from, reference_count, current_count }) =>
      kind === 'value' && from === null && (isRare(reference_count) || isRare(current_count)),
  );
  const sum = (numbers: (number | null)[]) =>
    numbers.reduce((total, value) => (total === null || value === null ? null : total + value), 0);
  return bins
    .filter((bin) => !rare.includes(bin))
    .map((bin) => {
      if (bin.kind !== 'other' || rare.length === 0) return bin;
      const joined = [bin, ...rare];
      return {
        ...bin,
        reference_count: sum(joined.map(({ reference_count }) => reference_count)),
        reference_share: sum(joined.map(({ reference_share }) => reference_share)),
        current_count: joined.reduce((total, { current_count }) => total + current_count, 0),
        current_share: sum(joined.map(({ current_share }) => current_share)),
      };
    });
}
