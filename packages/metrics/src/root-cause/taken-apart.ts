/** One segment of a change, before it is named. */
export interface SegmentPart {
  /** Position in the segments given; where small ones were put together, all of theirs. */
  codes: number[];
  n: number;
  nCompared: number;
  share: number | null;
  shareCompared: number | null;
  value: number | null;
  valueCompared: number | null;
  contribution: number;
  rate: number | null;
  mix: number | null;
  lower: number | null;
  upper: number | null;
  explanatoryPower: number | null;
  surprise: number | null;
  selected: boolean | null;
}

/** The change of a metric over the segments of one dimension. */
export interface TakenApart {
  parts: SegmentPart[];
  concentration: number | null;
  chance: number | null;
  rankValue: number;
}

/** What only some methods know. */
export const unknownOfPart = {
  rate: null,
  mix: null,
  lower: null,
  upper: null,
  explanatoryPower: null,
  surprise: null,
  selected: null,
} as const;

/** Half the distance between contributions and an even spread of the change by mean share. */
export function concentrationOf(
  parts: readonly Pick<SegmentPart, 'contribution' | 'share' | 'shareCompared'>[],
  change: number,
): number {
  const apart = parts.map(({ contribution, share, shareCompared }) =>
    Math.abs(contribution - (((share ?? 0) + (shareCompared ?? 0)) / 2) * change),
  );
  return apart.reduce((sum, distance) => sum + distance, 0) / 2;
}
