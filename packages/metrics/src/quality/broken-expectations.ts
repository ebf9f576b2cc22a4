import { judgeExpectations } from '../expectations/judge-expectations.ts';
import { fewestRows } from '../expectations/judge-share.ts';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';

/** Lets a monitor watch what is expected: of the values of the columns, which is what a profile knows. */
export const brokenExpectationsMetric: MetricDescriptor = {
  metric: 'broken_expectations',
  title: 'Broken expectations',
  family: 'quality',
  column_kinds: null,
  readsColumns: true,
  readsExpectations: true,
  tasks: null,
  needs_reference: false,
  measures: 'rate',
  worse: 'higher',
  unit: 'share of expectations',
  range: [0, 1],
  default_threshold: 0,
  min_n: fewestRows,
  exactness: 'exact',
  description:
    'Share of the accepted expectations of values that a window breaks, of those it meets or breaks. Volume, freshness, types and new columns are not among them.',
  docs: 'docs/metrics/broken_expectations.md',
  scoreModel: ({ context: { expectations }, binSet, current }) => {
    const details = { n: current.events, exactness: 'exact', errorBound: 0 } as const;
    if (!expectations || !binSet) return withoutValue('not_applicable', details);
    const short = shortage(current.events, fewestRows);
    if (short) return withoutValue(short, details);
    const { met, broken } = judgeExpectations(
      expectations.map(({ expectation }) => expectation),
      { binSet, current, sensitive: new Set() },
    );
    if (met + broken === 0) return withoutValue('insufficient_data', details);
    return toScore(broken / (met + broken), details);
  },
};
