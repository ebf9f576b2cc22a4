import { toColumnarModel } from '@plumbline/columnar';
import type { Arrival } from '@plumbline/contracts';
import { arrivalReport } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { timeText } from '../../time-text.ts';
import { liveParts } from './live-parts.ts';
import type { Question } from './question.ts';
import { storedProfiles } from './stored-profiles.ts';
import { isStored } from './window-selection.ts';

/** How labels of the selected events arrive, and how old the newest event is. */
export async function arrivalOf(
  sources: Pick<Deps, 'db' | 'columnar'>,
  { model, binSet, body, selection }: Question,
  nowMs: number,
): Promise<Arrival> {
  // Ages are of labels by the day of their event: longer slots would not tell them apart.
  const days = isStored(binSet, body, selection)
    ? await storedProfiles(sources, model, binSet, selection, 'day', { columns: [], withAttributions: false })
    : await sources.columnar.profiles(
        toColumnarModel(model),
        { columns: [] },
        await liveParts(sources, model.id, selection),
        { ...selection, withAttributions: false, grain: 'day' },
      );
  const { newestMs, ...report } = arrivalReport(days, nowMs);
  const atMs = Math.min(selection.toMs, nowMs);
  const freshness = newestMs !== null && {
    newest: timeText(newestMs),
    at: timeText(atMs),
    age_seconds: Math.max(0, atMs - newestMs) / 1000,
  };
  return { freshness: freshness || null, ...report };
}
