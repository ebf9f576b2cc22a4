import type { MetricStatus, RepeatsAnswer } from '@plumbline/contracts';
import { shortage } from '../to-score.ts';

/** Rows of a window (start, epoch ms) and different contents among them. */
export interface CountedRows {
  start: number;
  rows: number;
  distinct: number;
}

/** Fewest rows of a window. */
const minN = 30;

/** A share that exceeds the mean by less is nothing unusual, however steady the reference. */
const leastExcess = 0.01;

/** Fewest windows that say what is usual. */
const fewestWindows = 6;

interface Repeats {
  n: number;
  distinct: number;
  share: number | null;
  status: MetricStatus;
}

function repeatsOf({ rows, distinct }: { rows: number; distinct: number }): Repeats {
  const short = shortage(rows, minN);
  return short
    ? { n: rows, distinct, share: null, status: short }
    : { n: rows, distinct, share: (rows - distinct) / rows, status: 'ok' };
}

/** Numbers of an answer; its times are written by who gives it. */
export type RepeatsReport = Repeats & {
  usual: RepeatsAnswer['usual'];
  points: (Repeats & { startMs: number; unusual: boolean | null })[];
};

/**
 * Shares of rows whose features repeat another row's: of the whole window, and of its parts beside those of the
 * reference. A share grows with the number of rows, so parts are judged by parts as long as they.
 */
export function repeatsReport(input: {
  whole: { rows: number; distinct: number };
  current: readonly CountedRows[];
  reference: readonly CountedRows[];
}): RepeatsReport {
  const usual = usualShare(input.reference);
  return {
    ...repeatsOf(input.whole),
    usual,
    points: input.current.map((counted) => {
      const repeats = repeatsOf(counted);
      const isJudged = usual !== null && repeats.share !== null;
      return {
        ...repeats,
        startMs: counted.start,
        unusual: isJudged ? (repeats.share ?? 0) > usual.limit : null,
      };
    }),
  };
}

function usualShare(windows: readonly CountedRows[]): RepeatsReport['usual'] {
  const shares = windows.flatMap((counted) => repeatsOf(counted).share ?? []);
  const n = shares.length;
  if (n < fewestWindows) return null;
  const mean = shares.reduce((sum, share) => sum + share, 0) / n;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (n - 1);
  return { windows: n, mean, limit: mean + Math.max(leastExcess, 3 * Math.sqrt(variance * (1 + 1 / n))) };
}
