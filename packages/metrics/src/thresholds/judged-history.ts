import type { Score } from '@plumbline/contracts';

interface PastValue {
  startMs: number;
  value: number;
}

/** The judged values of windows, ascending in time, to be asked by spans of time. */
export interface JudgedHistory {
  /** Windows that start in [fromMs, toMs). */
  between(fromMs: number, toMs: number): PastValue[];
}

/** Keeps the windows that have a number to judge. `windows` ascending in time. */
export function judgedHistory(
  windows: readonly { startMs: number; score: Score }[],
  numberOf: (score: Score) => number | null,
): JudgedHistory {
  const judged = windows.flatMap(({ startMs, score }) => {
    const value = numberOf(score);
    return value === null ? [] : [{ startMs, value }];
  });
  const firstFrom = (ms: number) => {
    let [low, high] = [0, judged.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((judged[middle]?.startMs ?? 0) < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { between: (fromMs, toMs) => judged.slice(firstFrom(fromMs), firstFrom(toMs)) };
}
