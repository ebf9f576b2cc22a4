import type { Granularity } from '@plumbline/contracts';
import { catalogue, findMetric, nextWindow, type TimeWindow, windowLength } from '@plumbline/metrics';
import { hourMs } from '../../time.ts';
import { windowsOfExtent } from './windows-to-judge.ts';

/** Whether a metric has a value in a window without events: how many there are, and how long ago the newest was. */
export function tellsSilence(metric: string): boolean {
  const descriptor = findMetric(metric);
  return descriptor?.family === 'volume' || descriptor?.readsAge === true;
}

/** Names of the metrics that tell silence. */
export const silenceMetrics = catalogue()
  .map(({ metric }) => metric)
  .filter(tellsSilence);

/**
 * The window of the newest event and the complete ones after it, when the stream was live as long as events came: the last
 * of them were received within one window of their time. History that was sent later has no windows after it.
 */
export function quietWindows(input: {
  /** Start of the newest hour that has events, epoch ms. */
  newestMs: number;
  /** When the last events were received; null = never. */
  receivedMs: number | null;
  nowMs: number;
  granularity: Granularity;
}): TimeWindow[] {
  const { newestMs, receivedMs, nowMs, granularity } = input;
  if (receivedMs === null || receivedMs - (newestMs + hourMs) > windowLength(granularity)) return [];
  const windows = windowsOfExtent({ minMs: newestMs, maxMs: nowMs }, granularity);
  return windows.filter(({ endMs }) => endMs <= nowMs || endMs === nextWindow(newestMs, granularity));
}
