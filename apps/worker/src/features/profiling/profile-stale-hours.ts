import { toColumnarModel } from '@plumbline/columnar';
import type { BinSetRecord, ModelRecord, StaleHour } from '@plumbline/db';
import { hourMs, startOfDay } from '../../time.ts';
import type { WorkerContext } from '../../worker-context.ts';
import { rollUp } from './roll-up.ts';

/** Hours of one run: a month, so that memory stays bounded and new rows are never long in coming. */
const hoursOfRun = 31 * 24;
/** More hours than eleven years have. */
const everyHour = 100_000;

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
  await db.profiles.writeStale(model.id, binSet.id, {
    hours,
    rows,
    rollUp: (ofDay) => rollUp(ofDay, startOfDay),
  });
}

/**
 * Recomputes the profiles of the newest stale hours and of their days from the live parts. The hours stay stale until
 * {@link clearStaleHours}, so that a crash before that costs time and nothing else. `remaining`: others are to be
 * profiled yet. All hours are judged together, lest half of the work on a new reference look like recovery.
 */
export async function profileStaleHours(
  context: Context,
  model: ModelRecord,
): Promise<{ binSet: BinSetRecord; hours: StaleHour[]; remaining: boolean }> {
  const { db } = context;
  const binSet = await db.profiles.binSet(model.id);
  const hours = await db.profiles.staleHours(model.id, everyHour);
  const unprofiled = hours.filter((hour) => !hour.profiled);
  const newest = unprofiled.slice(-hoursOfRun);
  if (newest.length > 0) await writeProfiles(context, model, binSet, newest);
  return { binSet, hours, remaining: newest.length < unprofiled.length };
}

/** To be called when all hours are profiled and judged. Nothing is cleared when a new reference came meanwhile. */
export async function clearStaleHours(
  { db }: Context,
  modelId: string,
  done: { binSet: BinSetRecord; hours: StaleHour[] },
): Promise<void> {
  const current = await db.profiles.binSet(modelId);
  if (current.id === done.binSet.id) await db.profiles.clearStale(modelId, done.hours);
}
