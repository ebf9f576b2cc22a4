import { wilson } from '@plumbline/stats';

/** Below this share of the usual coverage a window waits for labels. */
const matureShare = 0.8;

/**
 * Which windows, in order of time, still wait for labels. Labels come with age, so such windows stand at the end: the
 * last ones whose share of labelled events is below 80 % of the usual, the median of the windows before them, and by
 * more than chance (the Wilson interval of the share ends below the usual). A poorly labelled window that fuller ones
 * follow is a gap, not a young window. Windows without events take no part.
 */
export function provisionalWindows(windows: readonly { events: number; labelled: number }[]): boolean[] {
  const filled = windows.flatMap(({ events, labelled }, i) => (events > 0 ? [{ i, events, labelled }] : []));
  let young = 0;
  for (;;) {
    const usual = medianCoverage(filled.slice(0, filled.length - young));
    const run = filled.toReversed().findIndex((window) => usual === undefined || !fallsShort(window, usual));
    const found = run < 0 ? filled.length : run;
    if (found <= young) break;
    young = found;
  }
  const from = filled[filled.length - young]?.i ?? windows.length;
  return windows.map(({ events }, i) => i >= from && events > 0);
}

/** Whether the coverage of a window is below 80 % of `usual`, and not by chance. */
export function fallsShort(
  { events, labelled }: { events: number; labelled: number },
  usual: number,
): boolean {
  if (events === 0) return false;
  return labelled / events < matureShare * usual && (wilson(labelled, events)?.upper ?? 1) < usual;
}

/** Median share of labelled events; `undefined` without windows that have events. */
export function medianCoverage(windows: readonly { events: number; labelled: number }[]): number | undefined {
  return median(windows.flatMap(({ events, labelled }) => (events > 0 ? [labelled / events] : [])));
}

function median(values: number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
