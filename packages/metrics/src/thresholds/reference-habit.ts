import type { Granularity, Profile } from '@plumbline/contracts';
import { mergeProfiles } from '../merge-profiles.ts';
import { type MetricQuestion, scoreMetric } from '../score-metric.ts';
import { floorToWindow } from '../window.ts';
import { leaveOneOut } from './leave-one-out.ts';

/** What the reference says about values of a metric. */
export interface ReferenceHabit {
  /** Of the whole reference; of counts, the mean over its windows. Null = it has none. */
  usual: number | null;
  /** Of its parts that are as long as a window; see {@link leaveOneOut}. */
  chunks: readonly number[];
}

/** The windows of a reference from its profiles by window, version and environment (start, ms). */
export function referenceChunks(
  rows: readonly { start: number; profile: Profile }[],
  granularity: Granularity,
): Profile[] {
  const windows = new Map<number, Profile[]>();
  for (const { start, profile } of rows) {
    const window = floorToWindow(start, granularity);
    windows.set(window, [...(windows.get(window) ?? []), profile]);
  }
  return [...windows.values()].map(mergeProfiles);
}

/** `chunks`: profiles of the windows of the reference, in any order. */
export function referenceHabit(
  question: Omit<MetricQuestion, 'current'>,
  { chunks, minN }: { chunks: readonly Profile[]; minN: number },
): ReferenceHabit {
  const { descriptor, reference } = question;
  const values = leaveOneOut(question, { chunks, minN });
  if (descriptor.measures === 'count') {
    const sum = values.reduce((total, value) => total + value, 0);
    return { usual: values.length > 0 ? sum / values.length : null, chunks: values };
  }
  const whole = reference && !descriptor.needs_reference && scoreMetric({ ...question, current: reference });
  return { usual: whole ? whole.value : null, chunks: values };
}
