import type { Segment } from '@plumbline/contracts';
import { mergeMoments } from '@plumbline/stats';

/** Segments of both windows, where small ones were put together several. */
export interface SegmentPair {
  codes: number[];
  before: Segment;
  after: Segment;
}

/** The segments that have events, at most `most`: the smallest by share are added up into one. */
export function smallestTogether(
  before: readonly Segment[],
  after: readonly Segment[],
  { countOf, most }: { countOf: (segment: Segment) => number; most: number },
): SegmentPair[] {
  const total = (segments: readonly Segment[]) =>
    segments.reduce((sum, segment) => sum + countOf(segment), 0);
  const [n0, n1] = [total(before), total(after)];
  const pairs = before.flatMap((compared, code) => {
    const current = after[code];
    if (!current || countOf(compared) + countOf(current) === 0) return [];
    return [{ codes: [code], before: compared, after: current }];
  });
  if (pairs.length <= most) return pairs;
  const shareOf = (pair: SegmentPair) => countOf(pair.before) / (n0 || 1) + countOf(pair.after) / (n1 || 1);
  const bySize = pairs.toSorted((a, b) => shareOf(b) - shareOf(a));
  return [...bySize.slice(0, most - 1), bySize.slice(most - 1).reduce(together)];
}

function together(a: SegmentPair, b: SegmentPair): SegmentPair {
  return {
    codes: [...a.codes, ...b.codes],
    before: added(a.before, b.before),
    after: added(a.after, b.after),
  };
}

function added(a: Segment, b: Segment): Segment {
  return {
    events: a.events + b.events,
    moments: mergeMoments(a.moments, b.moments),
    outcomes: {
      tp: a.outcomes.tp + b.outcomes.tp,
      fp: a.outcomes.fp + b.outcomes.fp,
      fn: a.outcomes.fn + b.outcomes.fn,
      tn: a.outcomes.tn + b.outcomes.tn,
    },
    positives: a.positives.map((count, bin) => count + (b.positives[bin] ?? 0)),
    negatives: a.negatives.map((count, bin) => count + (b.negatives[bin] ?? 0)),
  };
}
