import type { Granularity } from '@plumbline/contracts';
import type { BinSetRecord, Db } from '@plumbline/db';
import { type TimeWindow, type WindowProfile, windowProfiles } from '@plumbline/metrics';
import { dayMs, hourMs } from '../../time.ts';

/** Windows whose profiles are held in memory together. */
const windowsAtATime = 250;

/** What monitors look at: production, all versions. */
const judged = { environment: 'production' } as const;

/** Neighbours in time go together, so that each read spans little more than its windows. */
function chunk(windows: readonly TimeWindow[], granularity: Granularity): [TimeWindow, ...TimeWindow[]][] {
  const gap = granularity === 'hour' ? 24 * hourMs : 30 * dayMs;
  const chunks: [TimeWindow, ...TimeWindow[]][] = [];
  for (const window of windows) {
    const current = chunks.at(-1);
    const last = current?.at(-1);
    if (current && last && current.length < windowsAtATime && window.startMs - last.endMs <= gap)
      current.push(window);
    else chunks.push([window]);
  }
  return chunks;
}

/**
 * The profile of each window, read in bounded portions; `windows` ascending. A window without events has an empty one.
 * With `withReceived`, profiles say what was received.
 */
export async function* readWindowProfiles(
  { profiles, intake }: Pick<Db, 'profiles' | 'intake'>,
  { id, modelId }: Pick<BinSetRecord, 'id' | 'modelId'>,
  granularity: Granularity,
  windows: readonly TimeWindow[],
  { withReceived = false } = {},
): AsyncGenerator<WindowProfile[]> {
  const grain = granularity === 'hour' ? 'hour' : 'day';
  for (const portion of chunk(windows, granularity)) {
    const fromMs = portion[0].startMs;
    const toMs = portion.at(-1)?.endMs ?? fromMs;
    const rows = await profiles.read(modelId, id, grain, fromMs, toMs, judged);
    const received = withReceived ? await intake.hours(modelId, fromMs, toMs) : null;
    yield windowProfiles(portion, rows, received);
  }
}
