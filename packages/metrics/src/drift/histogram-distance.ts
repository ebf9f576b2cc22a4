import { columnKinds } from '@plumbline/contracts';
import type { Counts } from '@plumbline/stats';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { toScore } from '../to-score.ts';
import { distanceCounts } from './distance-counts.ts';
import { driftFloor, driftSides } from './drift-sides.ts';

type Particulars = Pick<
  MetricDescriptor,
  'metric' | 'title' | 'unit' | 'range' | 'default_threshold' | 'description'
>;

/**
 * A descriptor of a distance between two histograms. It is exact on categories and discrete values; on numeric
 * columns its definition depends on the bins, so no error bound is given.
 */
export function histogramDistance(
  particulars: Particulars,
  distance: (reference: Counts, current: Counts) => number | undefined,
): MetricDescriptor {
  return {
    ...particulars,
    family: 'drift',
    column_kinds: [...columnKinds],
    tasks: null,
    needs_reference: true,
    measures: 'distance',
    worse: 'higher',
    min_n: driftFloor,
    exactness: 'binned',
    docs: `docs/metrics/${particulars.metric}.md`,
    scoreColumn: (input) => {
      const { bins } = input.column;
      const exactness = bins.layout === 'numeric' ? 'binned' : 'exact';
      const sides = driftSides(input, exactness);
      if ('score' in sides) return sides.score;
      const { reference, current } = sides;
      return toScore(distance(distanceCounts(bins, reference.counts), distanceCounts(bins, current.counts)), {
        n: current.n,
        nReference: reference.n,
        exactness,
        errorBound: exactness === 'exact' ? 0 : null,
      });
    },
  };
}
