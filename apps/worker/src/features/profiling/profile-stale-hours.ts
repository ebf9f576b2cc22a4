import type { BinSetRecord, ModelRecord, StaleHour } from '@plumbline/db';
import { hourMs } from '../../time.ts';
import { toColumnarModel } from '../../to-columnar-model.ts';
import type { WorkerContext } from '../../worker-context.ts';
import { rollUpDays } from './roll-up-days.ts';

/** Hours profiled together: a month, so that memory stays bounded. */
const hoursAtATime = 31 * 24;
/** Hours of one run. All of a new reference's hours are judged together, lest half-done work looks like recovery. */
const maxHours = 10_000;

type Context = Pick<WorkerContext, 'db' | 'columnar'>;

/** Hour starts are few and sorted: the parts of their whole span are a good enough superset. */
async function writeProfiles(
  { db, columnar }: Context,
  model: ModelRecord,
  binSet: BinSetRecord,
  hours: StaleHour[],
): Promise<void> {
  const starts = hours.map((hour) => hour.start);
  const fromMs = Math.min(...starts);
  const toMs = Math.max(...starts) + hourMs;
  const parts = await db.parts.live(model.id, { kinds: ['events', 'actuals'], fromMs, toMs });
  const query = { fromMs, toMs, grain: 'hour' as const, hours: starts };
  const rows = await columnar.profiles(toColumnarModel(model), binSet.body, parts, query);
  await db.profiles.writeStale(model.id, binSet.id, { hours, rows, rollUp: rollUpDays });
}

/**
 * Recomputes the profiles of the oldest stale hours and of their days from the live parts. The hours stay stale until
 * {@link clearStaleHours}, so that a crash before that costs time and nothing else.
 */
export async function profileStaleHours(
  context: Context,
  model: ModelRecord,
): Promise<{ binSet: BinSetRecord; hours: StaleHour[]; remaining: boolean }> {
  const { db } = context;
  const binSet = await db.profiles.binSet(model.id);
  const hours = await db.profiles.staleHours(model.id, maxHours);
  for (let from = 0; from < hours.length; from += hoursAtATime)
    await writeProfiles(context, model, binSet, hours.slice(from, from + hoursAtATime));
  return { binSet, hours, remaining: hours.length === maxHours };
}

/** To be called when the hours are profiled and judged. Nothing is cleared when a new reference came meanwhile. */
export async function clearStaleHours(
  { db }: Context,
  modelId: string,
  done: { binSet: BinSetRecord; hours: StaleHour[] },
): Promise<void> {
  const current = await db.profiles.binSet(modelId);
  if (current.id === done.binSet.id) await db.profiles.clearStale(modelId, done.hours);
}
