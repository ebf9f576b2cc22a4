import type { ColumnKind } from '@plumbline/contracts';
import { wilson } from '@plumbline/stats';
import type { ColumnInput, MetricDescriptor } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';

interface Particulars {
  metric: string;
  title: string;
  description: string;
  defaultThreshold: number;
  columnKinds: ColumnKind[];
  /** Affected rows of all that could be; undefined where the question makes no sense for the column. */
  count: (input: ColumnInput) => { rows: number; of: number; atLeast?: number } | undefined;
}

const minN = 30;

/** A descriptor of the share of rows that have a fault, with its Wilson interval. */
export function qualityRate(particulars: Particulars): MetricDescriptor {
  const { metric, title, description, defaultThreshold, columnKinds, count } = particulars;
  return {
    metric,
    title,
    family: 'quality',
    column_kinds: columnKinds,
    tasks: null,
    needs_reference: false,
    measures: 'rate',
    worse: 'higher',
    unit: 'share of rows',
    range: [0, 1],
    default_threshold: defaultThreshold,
    min_n: minN,
    exactness: 'exact',
    description,
    docs: `docs/metrics/${metric}.md`,
    scoreColumn: (input) => {
      const counted = count(input);
      if (!counted) return withoutValue('not_applicable', { n: input.current.n, exactness: 'exact' });
      const { rows, of, atLeast = rows } = counted;
      const exactness = atLeast === rows ? 'exact' : 'binned';
      const short = shortage(of, minN);
      if (short) return withoutValue(short, { n: of, exactness });
      const interval = wilson(rows, of);
      return toScore(rows / of, {
        n: of,
        exactness,
        errorBound: (rows - atLeast) / of,
        lower: interval?.lower ?? null,
        upper: interval?.upper ?? null,
      });
    },
  };
}
