import type { BinSet, BinSetColumn, DriftAnswer, Profile } from '@plumbline/contracts';
import { emptyColumnProfile } from '../empty-profile.ts';
import { defaultLimits, judgedNumber, judgeValue } from '../judge-value.ts';
import type { MetricDescriptor } from '../metric-descriptor.ts';
import { toScore, withoutValue } from '../to-score.ts';
import { type ColumnVerdict, datasetDrift, significance } from './dataset-drift.ts';
import { driftFloor } from './drift-sides.ts';
import { jsDistanceMetric } from './js-distance.ts';
import { primaryMetric } from './primary-metric.ts';
import { isFeature, testColumns } from './test-columns.ts';
import { wassersteinNormedMetric } from './wasserstein-normed.ts';

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
  const tests = testColumns(features, reference, current);
  return features.columns.map((column): ColumnVerdict => {
    const descriptor = primaryOf(column);
    const score = descriptor.scoreColumn?.({
      column,
      reference: reference.columns[column.column] ?? emptyColumnProfile(column.bins),
      current: current.columns[column.column] ?? emptyColumnProfile(column.bins),
    });
    const adjustedP = tests.get(column.column)?.adjustedP;
    const value = score ? judgedNumber(score, descriptor.measures) : null;
    const limits = defaultLimits(descriptor);
    const isBeyond = value !== null && limits !== null && judgeValue(value, limits) !== 'ok';
    return {
      column: column.column,
      isJudged: score?.status === 'ok',
      drifted: isBeyond && (adjustedP ?? 1) < significance,
      adjustedP,
    };
  });
}

const primaryOf = (column: BinSetColumn) =>
  primaryMetric(column).metric === 'wasserstein_normed' ? wassersteinNormedMetric : jsDistanceMetric;
