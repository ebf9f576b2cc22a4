import { setImmediate as otherWork } from 'node:timers/promises';
import { toColumnarModel } from '@plumbline/columnar';
import type { ModelRecord } from '@plumbline/db';
import { fitLossEstimator, lossEstimatorFormat, predictionColumn } from '@plumbline/metrics';
import { rowsDrawn } from '../../rows-drawn.ts';
import type { WorkerContext } from '../../worker-context.ts';

const actualColumn = 'actual_score';

type Context = Pick<WorkerContext, 'db' | 'columnar'>;

/** Rows of the reference on every feature that is a number, a category or a boolean. */
async function referenceRows({ db, columnar }: Context, model: ModelRecord) {
  const described = toColumnarModel(model);
  const features = described.features
    .filter(({ kind }) => kind !== 'text' && kind !== 'embedding')
    .map(({ name }) => `features.${name}`);
  const parts = await db.parts.live(model.id, { kinds: ['reference'] });
  const { columns } = await columnar.sample(
    described,
    parts,
    {},
    {
      columns: [...features, predictionColumn, actualColumn],
      limit: rowsDrawn(features.length),
    },
  );
  const numbersOf = (wanted: string) => {
    const values = columns.find(({ name }) => name === wanted)?.values;
    return values instanceof Float64Array ? values : new Float64Array();
  };
  return {
    columns: columns.filter(({ name }) => name !== actualColumn),
    predictions: numbersOf(predictionColumn),
    actuals: numbersOf(actualColumn),
  };
}

/**
 * Learns what errors a regression makes from the rows of its reference, letting other work of the process run after every
 * tree; ends unfinished when `signal` aborts.
 */
export async function learnLosses(context: Context, modelId: string, signal: AbortSignal): Promise<void> {
  const { db } = context;
  const model = await db.models.get(modelId);
  if (model?.task !== 'regression') return;
  const { id } = await db.profiles.binSet(modelId);
  const work = fitLossEstimator(await referenceRows(context, model));
  let step = work.next();
  while (!step.done) {
    if (signal.aborted) return;
    await otherWork();
    step = work.next();
  }
  await db.lossEstimators.save(modelId, id, step.value);
}

/** Enqueues the regressions whose reference nothing was learnt from. */
export async function sweepReferences({ db, queue }: Pick<WorkerContext, 'db' | 'queue'>): Promise<void> {
  for (const modelId of await db.lossEstimators.modelsDue(lossEstimatorFormat))
    await queue.enqueue('learn', { modelId });
}
