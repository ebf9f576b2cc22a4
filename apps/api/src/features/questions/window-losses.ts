import { setImmediate as otherWork } from 'node:timers/promises';
import type { Profile } from '@plumbline/contracts';
import {
  type EstimatedWindow,
  expectedLosses,
  isLossEstimator,
  type LossEstimator,
  type StoredLossEstimator,
} from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { toColumnarModel } from '../../to-columnar-model.ts';
import { liveParts } from './load-profile.ts';
import type { Question } from './question.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;

/** Rows times metrics, and rows times columns, of one question: about half a second of work. */
const mostLosses = 60_000;
const mostValues = 2_000_000;

/** What the worker learnt from the reference of a regression; null when it has not yet. */
export async function learntLosses(
  { db }: Sources,
  { model, binSet }: Question,
): Promise<StoredLossEstimator | null> {
  if (model.task !== 'regression') return null;
  const stored = await db.lossEstimators.find(model.id, binSet.id);
  return isLossEstimator(stored) ? stored : null;
}

/**
 * Windows with what events drawn from them are expected to lose: of few events all of them. Lets other requests run
 * while it works.
 */
export async function withLosses(
  sources: Sources,
  { model, selection }: Question,
  estimator: LossEstimator,
  asked: { metrics: readonly string[]; windows: readonly Profile[]; windowOf: (ms: number) => number },
): Promise<EstimatedWindow[]> {
  const columns = estimator.columns.map(({ name }) => name);
  const drawn = Math.min(mostLosses / asked.metrics.length, mostValues / columns.length);
  const parts = await liveParts(sources, model.id, selection);
  const rows = await sources.columnar.sample(toColumnarModel(model), parts, selection, {
    columns,
    limit: Math.floor(drawn),
  });
  const { windows, ...rest } = asked;
  const work = expectedLosses(estimator, rows, { ...rest, windows: windows.length });
  let step = work.next();
  while (!step.done) {
    await otherWork();
    step = work.next();
  }
  const losses = step.value;
  return windows.map((window, i) => ({ ...window, ...(losses[i] ? { losses: losses[i] } : {}) }));
}
