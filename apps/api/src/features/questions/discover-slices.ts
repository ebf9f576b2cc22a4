import { setImmediate as nextTurn } from 'node:timers/promises';
import { toColumnarModel } from '@plumbline/columnar';
import {
  type Dimension,
  type DiscoverSlicesAnswer,
  type DiscoverSlicesBody,
  sliceLossTasks,
} from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import {
  defaultLeastRows,
  judgeSlices,
  type SplitRows,
  searchedRows,
  searchSlices,
  sliceLosses,
} from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { bodyQuery } from './body-query.ts';
import { liveParts } from './live-parts.ts';
import { modelDimensions } from './model-dimensions.ts';
import { askQuestion, windowText } from './question.ts';
import { unfit } from './unfit.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;

const mostRows = 100_000;
/** Rows × fields of one search. */
const mostCells = 10_000_000;
const leastRows = 100;
const mostFields = 300;
const mostMs = 20_000;

/**
 * The slices in which a loss is worst: searched in one half of the rows, judged in the other. `signal` stops it.
 * @throws Problem 422 for a metric the task does not have
 */
export async function discoverSlices(
  sources: Sources,
  model: ModelRecord,
  body: DiscoverSlicesBody,
  signal: AbortSignal,
): Promise<DiscoverSlicesAnswer> {
  const metric = body.metric ?? (model.task === 'regression' ? 'mae' : 'accuracy');
  const loss = sliceLosses[metric];
  if (!sliceLossTasks[metric].includes(model.task)) throw unfit(metric, model.task);
  const question = await askQuestion(
    sources,
    model,
    bodyQuery(body),
    { column: null },
    { columns: [], withPerformance: false, withAttributions: false },
  );
  const { selection } = question;
  const parts = await liveParts(sources, model.id, selection);
  const all = await modelDimensions(sources, question, [{ selection, parts }]);
  const dimensions = all.slice(0, mostFields);
  const rows = await sources.columnar.codedRows(toColumnarModel(model), parts, selection, {
    dimensions,
    measure: loss.measure,
    limit: Math.min(mostRows, Math.floor(mostCells / Math.max(1, dimensions.length))),
    signal,
  });
  const drawn = rows.measure.length;
  const searched = searchedRows(rows, dimensions);
  const options = {
    alpha: body.alpha ?? 0.95,
    k: body.limit ?? 10,
    maxLevel: body.max_predicates ?? 3,
    minSize: body.min_n ?? defaultLeastRows(searched.errors.length),
  };
  const isEnough = drawn >= leastRows;
  const { slices, ...done } = isEnough
    ? await search(searchSlices(searched, options), signal)
    : { slices: [], candidates: 0, isTruncated: false };
  return {
    window: windowText(selection),
    metric,
    status: isEnough ? 'ok' : drawn === 0 ? 'empty' : 'insufficient_data',
    n: rows.rows,
    rows: drawn,
    sampled: drawn < rows.rows,
    value: drawn === 0 ? null : loss.show(meanOf(rows)),
    alpha: options.alpha,
    min_n: options.minSize,
    max_predicates: options.maxLevel,
    fields: fieldsOf(dimensions),
    left_out: fieldsOf(all.slice(mostFields)),
    candidates: done.candidates,
    truncated: done.isTruncated,
    slices: judgeSlices(rows, dimensions, slices, loss),
  };
}

const fieldsOf = (dimensions: readonly Dimension[]) => dimensions.map(({ field }) => field);

const meanOf = ({ measure }: SplitRows) => measure.reduce((sum, value) => sum + value / measure.length, 0);

/** Searches in turns, so that other requests are answered in between. */
async function search(steps: ReturnType<typeof searchSlices>, signal: AbortSignal) {
  const until = Date.now() + mostMs;
  let step = steps.next(false);
  while (step.done !== true) {
    await nextTurn();
    signal.throwIfAborted();
    step = steps.next(Date.now() > until);
  }
  return step.value;
}
