import type { BinSet, DriftAnswer, Profile } from '@plumbline/contracts';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { toScore, withoutValue } from '../to-score.ts';
import { type ColumnVerdict, datasetDrift } from './dataset-drift.ts';
import { driftFloor } from './drift-sides.ts';
import { judgeColumns } from './judge-columns.ts';
import { isFeature } from './test-columns.ts';

type Particulars = Pick<
  MetricDescriptor,
  'metric' | 'title' | 'measures' | 'unit' | 'range' | 'default_threshold' | 'description'
>;

/** A descriptor of drift over all features; `pick` takes its value, null where it has none. */
export function datasetMetric(
  particulars: Particulars,
  pick: (dataset: DriftAnswer['dataset']) => number | null,
): MetricDescriptor {
  return {
    ...particulars,
    family: 'drift',
    column_kinds: null,
    readsColumns: true,
    tasks: null,
    needs_reference: true,
    worse: 'higher',
    min_n: driftFloor,
    exactness: 'binned',
    docs: `docs/metrics/${particulars.metric}.md`,
    scoreModel: (input) => {
      const { binSet, current, reference } = input;
      const details = { n: current.events, exactness: 'binned' } as const;
      if (!reference || !binSet) return withoutValue('not_applicable', details);
      const dataset = datasetDrift(judgeFeatures(binSet, reference, current), reference, current);
      const sided = { ...details, nReference: reference.events };
      if (dataset.status !== 'ok') return withoutValue(dataset.status, sided);
      const value = pick(dataset);
      return value === null ? withoutValue('not_applicable', sided) : toScore(value, sided);
    },
  };
}

function judgeFeatures(binSet: BinSet, reference: Profile, current: Profile): ColumnVerdict[] {
  const features = { columns: binSet.columns.filter(({ column }) => isFeature(column)) };
  return judgeColumns(features, reference, current).map(({ column, score, adjustedP, drifted }) => ({
    column,
    isJudged: score.status === 'ok',
    drifted,
    adjustedP,
  }));
}
