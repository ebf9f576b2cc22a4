import type { BinSet, Granularity, Profile } from '@plumbline/contracts';
import { emptyProfile } from '../empty-profile.ts';
import type { MetricDescriptor, ModelContext } from '../metric-descriptor.ts';
import { scoreWindows, type WindowScore } from '../score-windows.ts';
import { floorToWindow, type TimeWindow } from '../window.ts';

/** A window that was compared with the reference. */
interface ComparedWindow extends TimeWindow {
  result: NonNullable<Profile['multivariate']>;
}

/**
 * Scores of a metric of comparisons over the windows of a granularity, ascending. Windows that begin elsewhere are left
 * out, and one that was not compared yet has no score.
 */
export function scoreCompared(
  descriptor: MetricDescriptor,
  { task, positiveLabel }: ModelContext,
  { body, referenceProfile }: { body: BinSet; referenceProfile: Profile | null },
  { compared, granularity }: { compared: readonly ComparedWindow[]; granularity: Granularity },
): WindowScore[] {
  const windows = compared
    .filter(({ startMs }) => floorToWindow(startMs, granularity) === startMs)
    .sort((a, b) => a.startMs - b.startMs)
    .map(({ startMs, endMs, result }) => ({
      startMs,
      endMs,
      profile: { ...emptyProfile(body), multivariate: result },
    }));
  const question = { descriptor, columnKey: null, binSet: body, reference: referenceProfile };
  return scoreWindows({ ...question, context: { task, positiveLabel } }, windows, null);
}
