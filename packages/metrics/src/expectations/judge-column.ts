import type { BinSetColumn, ColumnProfile, Expectation } from '@plumbline/contracts';
import { meanInterval } from '@plumbline/stats';
import { countUnseen } from '../quality/count-unseen.ts';
import { countDistinct } from './count-distinct.ts';
import { countMostCommon } from './count-most-common.ts';
import { countOutside } from './count-outside.ts';
import {
  broken,
  fewestRows,
  judgeShare,
  met,
  type Unexpected,
  unknown,
  type Verdict,
} from './judge-share.ts';

/** What a verdict rests on. */
export interface Judged {
  verdict: Verdict;
  elements: number;
  unexpected?: Unexpected;
  observed?: number;
  examples?: { value: string; count: number }[];
}

/** Expectations of the values of a column. */
export type ValueExpectation = Extract<
  Expectation,
  { kind: 'present' | 'range' | 'known_values' | 'distinct_values' | 'varied' | 'mean' }
>;

/** Rows a window needs for each value it should at least have: with fewer, some are absent by chance. */
const rowsOfValue = 20;
/** In fewer rows even a column that varies can have one value by chance: 0.95^200 is 0.00004. */
const fewestOfVaried = 200;

const inRange = (value: number, { min, max }: { min: number | null; max: number | null }) =>
  value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);

const notKnown = (elements: number): Judged => ({ verdict: unknown('not_known'), elements });

function shareOf(unexpected: Unexpected | undefined, mostly: number, elements: number): Judged {
  if (!unexpected) return notKnown(elements);
  return { verdict: judgeShare(unexpected, mostly), elements: unexpected.of, unexpected };
}

/** Values that are neither the reference's nor accepted; those outside the list of the most frequent stay open. */
function judgeKnownValues(
  column: BinSetColumn,
  profile: ColumnProfile,
  { also, mostly }: { also: string[]; mostly: number },
): Judged {
  const rows = countUnseen(column, profile);
  if (rows === undefined) return notKnown(profile.n);
  const listed = profile.unseen ?? [];
  const accepted = new Set(also);
  const examples = listed.filter(({ value }) => !accepted.has(value));
  const sum = (values: typeof listed) => values.reduce((total, { count }) => total + count, 0);
  const atMost = rows - (sum(listed) - sum(examples));
  const atLeast = accepted.size === 0 ? rows : sum(examples);
  return { ...shareOf({ atLeast, atMost, of: profile.n }, mostly, profile.n), examples };
}

function judgeDistinct(
  column: BinSetColumn,
  profile: ColumnProfile,
  range: { min: number | null; max: number | null },
): Judged {
  const distinct = countDistinct(column, profile);
  const { n } = profile;
  if (!distinct) return notKnown(n);
  const { atLeast, atMost } = distinct;
  const verdict = (): Verdict => {
    if (n === 0) return unknown('no_rows');
    if (range.max !== null && atLeast > range.max) return broken;
    if (range.min !== null && atMost < range.min)
      return n < Math.max(fewestRows, rowsOfValue * range.min) ? unknown('too_few_rows') : broken;
    if (n < fewestRows) return unknown('too_few_rows');
    return inRange(atLeast, range) && inRange(atMost, range) ? met : unknown('not_certain');
  };
  return { verdict: verdict(), elements: n, ...(atLeast === atMost ? { observed: atLeast } : {}) };
}

function judgeVaried(column: BinSetColumn, profile: ColumnProfile, maxShare: number): Judged {
  const { atLeast, atMost, of } = countMostCommon(column, profile);
  const judged = { elements: of, ...(atLeast === atMost && of > 0 ? { observed: atLeast / of } : {}) };
  if (of === 0) return { ...judged, verdict: unknown('no_rows') };
  if (of < fewestOfVaried) return { ...judged, verdict: unknown('too_few_rows') };
  if (atLeast / of > maxShare) return { ...judged, verdict: broken };
  return { ...judged, verdict: atMost / of <= maxShare ? met : unknown('not_certain') };
}

/** Broken when the mean lies outside, and its 95 % interval as well. */
function judgeMean(profile: ColumnProfile, range: { min: number | null; max: number | null }): Judged {
  const { n, mean, m2 } = profile;
  if (n === 0) return { verdict: unknown('no_rows'), elements: 0 };
  if (mean === undefined || m2 === undefined) return notKnown(n);
  const judged = { elements: n, observed: mean };
  if (n < fewestRows) return { ...judged, verdict: unknown('too_few_rows') };
  if (inRange(mean, range)) return { ...judged, verdict: met };
  const interval = meanInterval(n, mean * n, m2);
  const { min, max } = range;
  const isClear =
    interval && ((min !== null && interval.upper < min) || (max !== null && interval.lower > max));
  return { ...judged, verdict: isClear ? broken : unknown('not_certain') };
}

/** One expectation of the values of a column over the rows of its profile. */
export function judgeColumn(
  expectation: ValueExpectation,
  column: BinSetColumn,
  profile: ColumnProfile,
): Judged {
  const { n, missing } = profile;
  switch (expectation.kind) {
    case 'present':
      return shareOf(
        { atLeast: missing, atMost: missing, of: n + missing },
        expectation.parameters.mostly,
        n,
      );
    case 'range':
      return shareOf(countOutside(column, profile, expectation.parameters), expectation.parameters.mostly, n);
    case 'known_values':
      return judgeKnownValues(column, profile, expectation.parameters);
    case 'distinct_values':
      return judgeDistinct(column, profile, expectation.parameters);
    case 'varied':
      return judgeVaried(column, profile, expectation.parameters.max_share);
    case 'mean':
      return judgeMean(profile, expectation.parameters);
  }
}
