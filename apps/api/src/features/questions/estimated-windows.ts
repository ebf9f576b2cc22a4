import { setImmediate as otherWork } from 'node:timers/promises';
import { toColumnarModel } from '@plumbline/columnar';
import type { Granularity, Profile } from '@plumbline/contracts';
import {
  apartFromReference,
  type EstimatedWindow,
  expectedLosses,
  floorToWindow,
  isLossEstimator,
  type LossEstimator,
  mergeLosses,
  type StoredLossEstimator,
  type WindowProfile,
} from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { liveParts } from './live-parts.ts';
import type { Question } from './question.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;

/** Rows times metrics, and rows times columns, of one question: about half a second of work. */
const mostLosses = 60_000;
const mostValues = 2_000_000;
/** Windows compared with the reference on all columns, the newest ones of a range. */
const mostCompared = 500;

interface Asked {
  windows: readonly WindowProfile[];
  granularity: Granularity;
  /** Null: all that were learnt. */
  metrics: readonly string[] | null;
}

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
 * What events drawn from each window are expected to lose: of few events all of them. Lets other requests run while it
 * works.
 */
async function windowLosses(
  sources: Sources,
  { model, selection }: Question,
  estimator: LossEstimator,
  { windows, granularity, metrics }: Asked,
) {
  const columns = estimator.columns.map(({ name }) => name);
  const asked = metrics ?? estimator.losses.map(({ metric }) => metric);
  const parts = await liveParts(sources, model.id, selection);
  const rows = await sources.columnar.sample(toColumnarModel(model), parts, selection, {
    columns,
    limit: Math.floor(Math.min(mostLosses / Math.max(1, asked.length), mostValues / columns.length)),
  });
  const numbers = new Map(windows.map(({ startMs }, i) => [startMs, i]));
  const work = expectedLosses(estimator, rows, {
    metrics: asked,
    windows: windows.length,
    windowOf: (ms) => numbers.get(floorToWindow(ms, granularity)) ?? -1,
  });
  let step = work.next();
  while (!step.done) {
    await otherWork();
    step = work.next();
  }
  return step.value;
}

/**
 * Windows as estimates read them: with what their events are expected to lose, and whether they lie apart from the
 * reference by what the worker compared of their time. `whole` does the same with the profile of the whole question.
 */
export async function estimatedWindows(
  sources: Sources,
  question: Question,
  learnt: StoredLossEstimator | null,
  asked: Asked,
): Promise<{ windows: EstimatedWindow[]; whole: (profile: Profile) => EstimatedWindow }> {
  const { model, binSet, selection } = question;
  const { environment, fromMs, toMs } = selection;
  const range = { environment, fromMs, toMs, limit: mostCompared };
  const [compared, losses] = await Promise.all([
    sources.db.multivariate.list(model.id, binSet.id, range),
    learnt && 'losses' in learnt ? windowLosses(sources, question, learnt, asked) : [],
  ]);
  const apartness = (time: { startMs: number; endMs: number }) => {
    const apart = apartFromReference(time, compared);
    return apart === undefined ? {} : { apart };
  };
  const windows = asked.windows.map(({ startMs, endMs, profile }, i) => {
    const expected = losses[i];
    return { ...profile, ...(expected ? { losses: expected } : {}), ...apartness({ startMs, endMs }) };
  });
  return {
    windows,
    whole: (profile) => ({
      ...profile,
      ...mergeLosses(windows),
      ...apartness({ startMs: fromMs, endMs: toMs }),
    }),
  };
}
