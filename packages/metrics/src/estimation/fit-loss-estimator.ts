import { type FeatureColumn, gradientBoostingSteps, pickRows, predict } from '@plumbline/learn';
import type { RowSample } from '../multivariate/row-sample.ts';
import { encodeRows, learnEncoding } from './encode-rows.ts';
import {
  type HeldOutBlock,
  type LearntLoss,
  lossEstimatorFormat,
  type StoredLossEstimator,
} from './loss-estimator.ts';
import { lossMetrics } from './loss-metrics.ts';

/** Labelled events a reference needs for direct loss estimation. */
const lossFloor = 2000;
const blocks = 5;
const boosting = { loss: 'squared', trees: 100 } as const;

/** Reference rows in order of time. */
interface ReferenceRows {
  /** Features and the prediction. */
  columns: RowSample['columns'];
  /** NaN where missing. */
  predictions: Float64Array;
  actuals: Float64Array;
}

/**
 * Direct loss estimation: learns by gradient boosting, from the labelled events of a reference, what an event of such
 * features and such a prediction loses. Each fifth of the reference, in order of time, is estimated by what was learnt
 * from the other four. Yields after every tree; equal rows give an equal estimator. Source: NannyML, DLE.
 *
 * `not_applicable` without labels, `insufficient_data` below 2,000 of them.
 */
export function* fitLossEstimator({
  columns,
  predictions,
  actuals,
}: ReferenceRows): Generator<void, StoredLossEstimator> {
  const labelled = [...actuals.keys()].filter(
    (row) => Number.isFinite(actuals[row]) && Number.isFinite(predictions[row]),
  );
  const format = lossEstimatorFormat;
  if (labelled.length === 0)
    return {
      format,
      status: 'not_applicable',
      reason: 'The reference has no events with a prediction and an actual.',
    };
  if (labelled.length < lossFloor) {
    const reason = `The reference has ${labelled.length} labelled events; an estimate of errors needs ${lossFloor}.`;
    return { format, status: 'insufficient_data', reason };
  }
  const encoding = learnEncoding(columns);
  const encoded = encodeRows(encoding, columns);
  const losses: LearntLoss[] = [];
  for (const [metric, { loss }] of Object.entries(lossMetrics)) {
    const counted = labelled.flatMap((row) => {
      const value = loss(predictions[row] ?? 0, actuals[row] ?? 0);
      return value === undefined || !Number.isFinite(value) ? [] : [{ row, value }];
    });
    if (counted.length < lossFloor) continue;
    const rows = pickRows(
      encoded,
      counted.map(({ row }) => row),
    );
    losses.push(
      yield* learnLoss(
        metric,
        rows,
        Float64Array.from(counted, ({ value }) => value),
      ),
    );
  }
  return { format, ...encoding, losses };
}

function* learnLoss(
  metric: string,
  columns: FeatureColumn[],
  target: Float64Array,
): Generator<void, LearntLoss> {
  const { fromMean, varianceOfOne } = lossMetrics[metric] ?? {};
  const n = target.length;
  const model = yield* gradientBoostingSteps(columns, target, boosting);
  const heldOut: HeldOutBlock[] = [];
  const mean = meanOf(target);
  let squares = 0;
  for (let block = 0; block < blocks; block++) {
    const [start, end] = [Math.floor((block * n) / blocks), Math.floor(((block + 1) * n) / blocks)];
    const rest = [...target.keys()].filter((row) => row < start || row >= end);
    const asked = target.subarray(start, end);
    const ofRest = yield* gradientBoostingSteps(
      pickRows(columns, rest),
      Float64Array.from(rest, (row) => target[row] ?? 0),
      boosting,
    );
    const inside = columns.map((column) => ({ ...column, values: column.values.subarray(start, end) }));
    const expected = predict(ofRest, inside).map((value) => Math.max(0, value));
    asked.forEach((value, i) => {
      squares += (value - (expected[i] ?? 0)) ** 2;
    });
    heldOut.push({
      n: asked.length,
      estimated: fromMean?.(meanOf(expected)) ?? 0,
      realised: fromMean?.(meanOf(asked)) ?? 0,
    });
  }
  const m2 = target.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    metric,
    n,
    model,
    varianceOfOne: varianceOfOne?.(mean, m2 / (n - 1)) ?? null,
    r2: m2 > 0 ? 1 - squares / m2 : null,
    heldOut,
  };
}

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
