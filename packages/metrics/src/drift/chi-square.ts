import { columnKinds } from '@plumbline/contracts';
import { chiSquare } from '@plumbline/stats';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { toScore, withoutValue } from '../to-score.ts';
import { distanceCounts } from './distance-counts.ts';
import { driftFloor, driftSides } from './drift-sides.ts';

/** The value is the statistic; what is judged is its p-value, as `measures` says. */
export const chiSquareMetric: MetricDescriptor = {
  metric: 'chi_square',
  title: 'Chi-square test',
  family: 'drift',
  column_kinds: [...columnKinds],
  tasks: null,
  needs_reference: true,
  measures: 'p_value',
  worse: 'lower',
  unit: 'χ²',
  range: [0, null],
  default_threshold: 0.05,
  min_n: driftFloor,
  exactness: 'binned',
  description:
    'Could the change of the histogram be chance? The value is the χ² statistic of the 2×K table; the threshold applies to its p-value.',
  docs: 'docs/metrics/chi_square.md',
  scoreColumn: (input) => {
    const { bins } = input.column;
    const exactness = bins.layout === 'numeric' ? 'binned' : 'exact';
    const sides = driftSides(input, exactness);
    if ('score' in sides) return sides.score;
    const { reference, current } = sides;
    const details = { n: current.n, nReference: reference.n, exactness } as const;
    const test = chiSquare(distanceCounts(bins, reference.counts), distanceCounts(bins, current.counts));
    if (!test) return withoutValue('insufficient_data', details);
    return toScore(test.statistic, {
      ...details,
      pValue: test.pValue,
      errorBound: exactness === 'exact' ? 0 : null,
    });
  },
};
