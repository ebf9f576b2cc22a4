import type { RowSample } from '../multivariate/row-sample.ts';
import type { EstimatedWindow, PerformanceEstimator } from './estimator.ts';
import { expectedLosses } from './expected-losses.ts';
import { fitLossEstimator } from './fit-loss-estimator.ts';
import type { LossEstimator, StoredLossEstimator } from './loss-estimator.ts';
import { lossMetrics } from './loss-metrics.ts';
import { performanceEstimator } from './performance-estimator.ts';

export interface Trips extends Pick<RowSample, 'times' | 'columns'> {
  predictions: Float64Array;
  actuals: Float64Array;
}

function finish<T>(work: Generator<void, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

export const fit = (rows: Trips): StoredLossEstimator => finish(fitLossEstimator(rows));

export function learnt(rows: Trips): LossEstimator {
  const stored = fit(rows);
  if ('status' in stored) throw new Error(stored.reason);
  return stored;
}

const context = { task: 'regression', positiveLabel: null } as const;
const reference = { events: 1, columns: {}, performance: { labelled: 1 } };

export function estimatorOf(stored: StoredLossEstimator): PerformanceEstimator {
  const estimator = performanceEstimator(context, reference, stored);
  if (!('expect' in estimator)) throw new Error(estimator.reason);
  return estimator;
}

/** All rows as one window without labels. */
export function windowOf(estimator: LossEstimator, rows: Trips): EstimatedWindow {
  const asked = { metrics: Object.keys(lossMetrics), windows: 1, windowOf: () => 0 };
  const [losses] = finish(expectedLosses(estimator, rows, asked));
  if (!losses) throw new Error('expected a window');
  return { events: rows.times.length, columns: {}, performance: { labelled: 0 }, losses };
}

/** The metric as the actuals make it. */
export function realisedLoss(metric: string, { predictions, actuals }: Trips): number {
  const { loss, fromMean } = lossMetrics[metric] ?? {};
  const losses = Array.from(predictions, (value, i) => loss?.(value, actuals[i] ?? 0)).filter(
    (value) => value !== undefined,
  );
  return fromMean?.(losses.reduce((sum, value) => sum + value, 0) / losses.length) ?? Number.NaN;
}

/** Columns by name, `y_pred` the prediction and `y_true` the actual. */
export type TripColumns = Record<string, (number | string)[]>;

export function rowsOf({ y_true = [], y_pred = [], ...features }: TripColumns, categorical: string[]): Trips {
  const columns = Object.entries(features).map(([name, values]) => ({
    name,
    values: categorical.includes(name) ? values.map(String) : Float64Array.from(values, Number),
  }));
  const predictions = Float64Array.from(y_pred, Number);
  return {
    times: Float64Array.from(y_true, (_, i) => i),
    columns: [...columns, { name: 'prediction_score', values: predictions }],
    predictions,
    actuals: Float64Array.from(y_true, Number),
  };
}
