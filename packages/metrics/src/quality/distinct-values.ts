import { columnKinds } from '@plumbline/contracts';
import { countDistinct } from '../expectations/count-distinct.ts';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';

const minN = 30;

/** Where the bins do not tell exactly, the smallest number there can be, and how many more there could be. */
export const distinctValuesMetric: MetricDescriptor = {
  metric: 'distinct_values',
  title: 'Different values',
  family: 'quality',
  column_kinds: [...columnKinds],
  tasks: null,
  needs_reference: false,
  measures: 'count',
  worse: 'either',
  unit: 'values',
  range: [0, null],
  default_threshold: null,
  min_n: minN,
  exactness: 'exact',
  description:
    'Number of different values in a window: a category that is gone, or many that are new. Not defined for numeric columns with many distinct values.',
  docs: 'docs/metrics/distinct_values.md',
  scoreColumn: ({ column, current }) => {
    const { n } = current;
    const distinct = countDistinct(column, current);
    if (!distinct) return withoutValue('not_applicable', { n, exactness: 'exact' });
    const { atLeast, atMost } = distinct;
    const exactness = atLeast === atMost ? 'exact' : 'binned';
    const short = shortage(n, minN);
    if (short) return withoutValue(short, { n, exactness });
    return toScore(atLeast, { n, exactness, errorBound: atMost - atLeast });
  },
};
