import type { ExpectationReason } from '@plumbline/contracts';
import { wilson } from '@plumbline/stats';

/** Rows that do not keep to an expectation, of `of`; both numbers are equal where they are counted exactly. */
export interface Unexpected {
  atLeast: number;
  atMost: number;
  of: number;
}

export interface Verdict {
  status: 'met' | 'broken' | 'unknown';
  reason: ExpectationReason | null;
}

export const met: Verdict = { status: 'met', reason: null };
export const broken: Verdict = { status: 'broken', reason: null };
export const unknown = (reason: ExpectationReason): Verdict => ({ status: 'unknown', reason });

/** With fewer rows nothing is said to be met. */
export const fewestRows = 30;
/** 1 − 0.99 is not 0.01. */
const rounding = 1e-12;

/**
 * Met when at least `mostly` of the rows keep to it. Where some rows need not, it is broken only when chance does not
 * explain the share (the lower end of its 95 % Wilson interval lies above what is allowed), and in between not certain;
 * where all rows must, a single one breaks it.
 */
export function judgeShare({ atLeast, atMost, of }: Unexpected, mostly: number): Verdict {
  if (of === 0) return unknown('no_rows');
  const allowed = 1 - mostly + rounding;
  if (atLeast / of > allowed) {
    if (mostly === 1 || (wilson(atLeast, of)?.lower ?? 0) > allowed) return broken;
    return unknown(of < fewestRows ? 'too_few_rows' : 'not_certain');
  }
  if (of < fewestRows) return unknown('too_few_rows');
  return atMost / of <= allowed ? met : unknown('not_certain');
}
