import type { MultivariateResult } from '@plumbline/contracts';
import type { MultivariateLease, MultivariateRecord } from '@plumbline/db';
import type { WorkerContext } from '../../worker-context.ts';
import { compareWindow } from './compare-window.ts';
import { readSides } from './read-sides.ts';

type Context = Pick<WorkerContext, 'db' | 'columnar' | 'queue' | 'logger'>;

/** How long the window of a worker that died stays its own. */
const leaseMs = 30_000;
const reportEveryMs = 500;
const mostAttempts = 5;

/** An earlier result for the same reference and length: it knows how much windows of the reference differ. */
async function earlierResult(
  { db }: Context,
  record: MultivariateRecord,
): Promise<MultivariateResult | undefined> {
  const { modelId, binSetId, environment, fromMs, toMs } = record;
  const others = await db.multivariate.list(modelId, binSetId, { environment, limit: 200 });
  const isLike = (other: MultivariateRecord) => other.toMs - other.fromMs === toMs - fromMs;
  return (
    others.find((other) => isLike(other) && other.result?.classifier.status === 'ok')?.result ?? undefined
  );
}

/** Rows received before the window was asked for are not in parts yet. */
async function isBehind({ db }: Context, { modelId, requestedAt }: MultivariateRecord): Promise<boolean> {
  const olderThanMs = Date.now() - requestedAt.getTime();
  return (await db.parts.modelsWithPending({ olderThanMs })).includes(modelId);
}

async function compare(
  context: Context,
  lease: MultivariateLease,
  record: MultivariateRecord,
  signal: AbortSignal,
): Promise<void> {
  const { db, queue } = context;
  const model = await db.models.get(record.modelId);
  if (!model) return;
  const binSet = await db.profiles.binSet(model.id);
  if (binSet.id !== record.binSetId || !binSet.reference) {
    const detail = 'The reference was replaced before the window was compared with it.';
    return db.multivariate.finish(lease, { state: 'failed', detail });
  }
  const sides = await readSides(context, model, record);
  const known = await earlierResult(context, record);
  let reported = 0;
  let isCancelled = false;
  const goOn = async (share: number) => {
    if (signal.aborted) return false;
    if (Date.now() - reported < reportEveryMs) return true;
    reported = Date.now();
    const answer = await db.multivariate.report(lease, share, leaseMs);
    isCancelled = answer?.cancelRequested ?? false;
    return answer !== null && !isCancelled;
  };
  const result = await compareWindow(sides, { lengthMs: record.toMs - record.fromMs, known }, goOn);
  if (result) {
    await db.multivariate.finish(lease, { state: 'done', result });
    // Monitors of the comparison have waited for it.
    return queue.enqueue('judge', { modelId: model.id });
  }
  if (isCancelled) return db.multivariate.finish(lease, { state: 'cancelled', detail: null });
  await db.multivariate.release(lease, { forgive: true });
}

/** Compares the next waiting window of a model with its reference, and asks for the one after it. */
export async function compareNext(context: Context, modelId: string, signal: AbortSignal): Promise<void> {
  const { db, queue, logger } = context;
  const claimed = await db.multivariate.claim(modelId, leaseMs);
  // A worker that died may have ended a comparison without telling.
  if (!claimed) return queue.enqueue('judge', { modelId });
  const { lease, record } = claimed;
  // The sweep finds it again in a second.
  if (await isBehind(context, record)) return db.multivariate.release(lease, { forgive: true });
  try {
    if (record.attempts > mostAttempts)
      await db.multivariate.finish(lease, { state: 'failed', detail: 'It failed five times.' });
    else await compare(context, lease, record, signal);
  } catch (error) {
    logger.warn({ err: error, modelId, windowId: record.id }, 'a window was not compared');
    await db.multivariate.release(lease, { forgive: false });
    throw error;
  }
  if (!signal.aborted) await queue.enqueue('multivariate', { modelId });
}
