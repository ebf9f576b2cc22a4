import type { BinSetRecord, ModelRecord, StaleHour } from '@plumbline/db';
import { dayMs, hourMs, startOfDay } from '../../time.ts';
import { toColumnarModel } from '../../to-columnar-model.ts';
import type { WorkerContext } from '../../worker-context.ts';
import { rollUpDays } from './roll-up-days.ts';

/** Hours profiled together: a month, so that memory stays bounded. */
const hoursAtATime = 31 * 24;
/** Hours of one run. All of a new reference's hours are judged together, lest half-done work looks like recovery. */
const maxHours = 10_000;

type Context = Pick<WorkerContext, 'db' | 'columnar'>;

/** Hour starts are few and sorted: the parts of their whole span are a good enough superset. */
async function writeHours(
  { db, columnar }: Context,
  model: ModelRecord,
  binSet: BinSetRecord,
  hours: number[],
) {
  const fromMs = Math.min(...hours);
  const toMs = Math.max(...hours) + hourMs;
  const parts = await db.parts.live(model.id, { kinds: ['events', 'actuals'], fromMs, toMs });
  const query = { fromMs, toMs, grain: 'hour' as const, hours };
  const profiles = await columnar.profiles(toColumnarModel(model), binSet.body, parts, query);
  await db.profiles.write(model.id, binSet.id, 'hour', hours, profiles);
}

async function writeDays({ db }: Context, model: ModelRecord, binSet: BinSetRecord, hours: number[]) {
  for (const day of new Set(hours.map(startOfDay))) {
    const rows = await db.profiles.read(model.id, binSet.id, 'hour', day, day + dayMs);
    await db.profiles.write(model.id, binSet.id, 'day', [day], rollUpDays(rows));
  }
}

async function recompute(context: Context, model: ModelRecord, binSet: BinSetRecord, hours: number[]) {
  for (let from = 0; from < hours.length; from += hoursAtATime) {
    const some = hours.slice(from, from + hoursAtATime);
    await writeHours(context, model, binSet, some);
    await writeDays(context, model, binSet, some);
  }
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
  const remaining = hours.length === maxHours;
  if (hours.length === 0) return { binSet, hours, remaining };
  await recompute(
    context,
    model,
    binSet,
    hours.map((hour) => hour.start),
  );
  // What another process cleared meanwhile it may have written from newer parts than these: write it again.
  const still = new Set((await db.profiles.staleHours(model.id, maxHours)).map((hour) => hour.start));
  const cleared = hours.map((hour) => hour.start).filter((start) => !still.has(start));
  if (cleared.length > 0) await recompute(context, model, binSet, cleared);
  return { binSet, hours, remaining };
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
