import {
  type BinSet,
  type BinSetColumn,
  columnName,
  columnRole,
  type Granularity,
  type Profile,
  type ThresholdRule,
} from '@plumbline/contracts';
import { normalQuantile } from '@plumbline/stats';
import { primaryMetric } from '../drift/primary-metric.ts';
import { emptyColumnProfile } from '../empty-profile.ts';
import type { ModelContext } from '../metric-descriptor.ts';
import { findMetric } from '../registry.ts';
import { nullDistance } from '../thresholds/null-distance.ts';
import { naturalSpread, type ReferenceDay, referenceValues } from './reference-days.ts';

export interface DefaultMonitor {
  name: string;
  metric: string;
  /** Empty for metrics of the model as a whole. */
  columnKey: string;
  granularity: Granularity;
  threshold: ThresholdRule;
  persistence: { breaches: number; of: number };
  minN: number;
}

interface DefaultsInput {
  binSet: BinSet;
  context: ModelContext;
  reference: Profile;
  /** The reference day by day: shows how much its own days differ from the whole. */
  days?: readonly ReferenceDay[];
}

const maxFeatures = 20;
const fewestRows = 200;
/** Share of windows without drift that noise alone leaves below the threshold. */
const quietShare = 0.99;
const daily = { granularity: 'day', persistence: { breaches: 2, of: 3 } } as const;

/** A column whose own days differ this many times more than its threshold (a weekday, say) gets no daily monitor. */
const tooRestless = 3;

/**
 * The monitors a model gets with its reference, judged by day and raised by two breaches among three days
 * (none of features whose own days differ too much): drift and missing values of the first 20 features, drift of the predictions, and, when the reference has
 * labels, one of performance.
 */
export function defaultMonitors(input: DefaultsInput): DefaultMonitor[] {
  const { columns } = input.binSet;
  const features = columns.filter(({ column }) => column.startsWith('features.')).slice(0, maxFeatures);
  const predictions = columns.filter(({ column }) => columnRole(column) === 'prediction');
  return [
    ...predictions.flatMap((column) => driftMonitor(column, input)),
    ...features.flatMap((column) => driftMonitor(column, input)),
    ...features.flatMap((column) => missingMonitor(column, input.reference)),
    ...performanceMonitor(input),
  ];
}

/**
 * The threshold is the metric's own, raised to what noise alone reaches at `minN` rows and to what the reference's
 * own windows reach. `minN` is 1 % of the reference, between 200 and 500 rows: models with much traffic need not be
 * judged on their quietest days.
 */
function driftMonitor(column: BinSetColumn, input: DefaultsInput): DefaultMonitor[] {
  const { reference } = input;
  const { metric } = primaryMetric(column);
  const profile = reference.columns[column.column] ?? emptyColumnProfile(column.bins);
  const minN = Math.min(500, Math.max(fewestRows, Math.round(profile.n / 100)));
  const effect = findMetric(metric)?.default_threshold ?? 0;
  const noise = nullDistance({ metric, column, reference: profile, probability: quietShare })?.(minN);
  const base = Math.max(effect, noise?.upper ?? 0);
  const own = naturalReach(input, { metric, columnKey: column.column, minN });
  if (columnRole(column.column) === 'feature' && own > tooRestless * base) return [];
  const warning = roundUp(Math.max(base, own));
  return [
    {
      ...daily,
      name: `Drift of ${describe(column.column)}`,
      metric,
      columnKey: column.column,
      threshold: { kind: 'constant', warning, critical: roundUp(2 * warning), direction: 'above' },
      minN,
    },
  ];
}

/** The value that days of the reference stay below; 0 when it has too few. */
function naturalReach(
  { binSet, context, reference, days = [] }: DefaultsInput,
  { metric, columnKey, minN }: { metric: string; columnKey: string; minN: number },
): number {
  const descriptor = findMetric(metric);
  if (!descriptor) return 0;
  const spread = naturalSpread(
    referenceValues({ descriptor, columnKey, binSet, context, reference }, { days, minN }),
  );
  return spread ? spread.mean + spread.reach : 0;
}

function missingMonitor({ column }: BinSetColumn, reference: Profile): DefaultMonitor[] {
  const { n = 0, missing = 0 } = reference.columns[column] ?? {};
  const usual = n + missing > 0 ? missing / (n + missing) : 0;
  const warning = roundUp(usual + 0.05);
  if (warning >= 1) return [];
  const critical = roundUp(usual + 0.2);
  return [
    {
      ...daily,
      name: `Missing values in ${describe(column)}`,
      metric: 'missing_rate',
      columnKey: column,
      threshold: { kind: 'constant', warning, ...(critical < 1 ? { critical } : {}), direction: 'above' },
      minN: fewestRows,
    },
  ];
}

/**
 * Accuracy 3 points, or mean absolute error 10 %, worse than in the reference, or as much as noise alone reaches in 99
 * of 100 windows of `minN` labels, or as its own days differ; critical at twice that.
 */
function performanceMonitor({ binSet, context, reference, days = [] }: DefaultsInput): DefaultMonitor[] {
  const isRegression = context.task === 'regression';
  const descriptor = findMetric(isRegression ? 'mae' : 'accuracy');
  if (!descriptor?.tasks?.includes(context.task)) return [];
  const usual = descriptor.scoreModel?.({ context, current: reference, reference: null }).value;
  if (usual === null || usual === undefined) return [];
  const { errors } = reference.performance;
  const variance = isRegression && errors ? errors.absoluteM2 / errors.n : usual * (1 - usual);
  const noise = (normalQuantile(0.99) ?? 0) * Math.sqrt(variance / fewestRows);
  const own = referenceValues(
    { descriptor, columnKey: null, binSet, context, reference },
    { days, minN: fewestRows },
  );
  const margin = Math.max(isRegression ? 0.1 * usual : 0.03, noise, naturalSpread(own)?.reach ?? 0);
  const threshold: ThresholdRule = isRegression
    ? { kind: 'constant', warning: usual + margin, critical: usual + 2 * margin, direction: 'above' }
    : { kind: 'constant', warning: usual - margin, critical: usual - 2 * margin, direction: 'below' };
  return [
    {
      ...daily,
      name: descriptor.title,
      metric: descriptor.metric,
      columnKey: '',
      threshold,
      minN: fewestRows,
    },
  ];
}

function describe(column: string): string {
  if (column === 'prediction_score') return 'the prediction score';
  if (column === 'prediction_label') return 'the predicted label';
  return columnName(column);
}

function roundUp(value: number): number {
  return Math.ceil(value * 1000) / 1000;
}
