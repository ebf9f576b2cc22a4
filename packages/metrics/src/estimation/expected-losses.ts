import { predict } from '@plumbline/learn';
import type { RowSample } from '../multivariate/row-sample.ts';
import { encodeRows } from './encode-rows.ts';
import type { LossEstimator } from './loss-estimator.ts';

/** What events of a window are expected to lose. */
export interface LossSums {
  /** Events that were asked: all of the window, or those drawn from it. */
  n: number;
  /** Σ expected loss, by metric. */
  sums: ReadonlyMap<string, number>;
}

const rowsAtOnce = 2000;

/**
 * What the rows of each window are expected to lose. `windowOf` gives the number of a row's window by its time (epoch
 * ms), −1 for none. Rows without a prediction do not count. Yields after every 2,000 rows and metric.
 */
export function* expectedLosses(
  estimator: LossEstimator,
  { times, columns }: Pick<RowSample, 'times' | 'columns'>,
  {
    metrics,
    windows,
    windowOf,
  }: { metrics: readonly string[]; windows: number; windowOf: (ms: number) => number },
): Generator<void, LossSums[]> {
  const found = Array.from({ length: windows }, () => ({ n: 0, sums: new Map<string, number>() }));
  const encoded = encodeRows(estimator, columns);
  const predictions = encoded.find(({ name }) => name === predictionColumn)?.values;
  const counted = Array.from(times, (ms, row) =>
    Number.isFinite(predictions?.[row]) ? found[windowOf(ms)] : undefined,
  );
  for (const sums of counted) if (sums) sums.n += 1;
  for (const { metric, model } of estimator.losses) {
    if (!metrics.includes(metric)) continue;
    for (let start = 0; start < times.length; start += rowsAtOnce) {
      const end = start + rowsAtOnce;
      const rows = encoded.map((column) => ({ ...column, values: column.values.subarray(start, end) }));
      predict(model, rows).forEach((loss, i) => {
        const sums = counted[start + i]?.sums;
        sums?.set(metric, (sums.get(metric) ?? 0) + Math.max(0, loss));
      });
      yield;
    }
  }
  return found;
}

/** What the events of several windows are expected to lose; nothing where a window was not asked. */
export function mergeLosses(windows: readonly { losses?: LossSums }[]): { losses?: LossSums } {
  const all = windows.flatMap(({ losses }) => losses ?? []);
  if (all.length < windows.length || all.length === 0) return {};
  const sums = new Map<string, number>();
  for (const losses of all)
    for (const [metric, sum] of losses.sums) sums.set(metric, (sums.get(metric) ?? 0) + sum);
  return { losses: { n: all.reduce((n, losses) => n + losses.n, 0), sums } };
}

/** The prediction among the columns that are learnt from. */
export const predictionColumn = 'prediction_score';
