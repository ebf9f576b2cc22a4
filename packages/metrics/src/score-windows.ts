import type { BinSet, Profile, Score } from '@plumbline/contracts';
import { type ColumnTest, testColumns } from './drift/test-columns.ts';
import { mergeProfiles } from './merge-profiles.ts';
import { type MetricQuestion, scoreMetric } from './score-metric.ts';
import type { TimeWindow } from './window.ts';
import { type ReceivedHour, withIntake } from './with-intake.ts';

export interface WindowProfile extends TimeWindow {
  profile: Profile;
}

export interface WindowScore extends TimeWindow {
  score: Score;
}

/** The profile of each window from those of its hours or days (start, ms); a window without any has an empty one. */
export function windowProfiles(
  windows: readonly TimeWindow[],
  slots: readonly { start: number; profile: Profile }[],
  received: readonly ReceivedHour[] | null,
): WindowProfile[] {
  return windows.map(({ startMs, endMs }) => {
    const inside = slots.filter(({ start }) => start >= startMs && start < endMs);
    const profile = mergeProfiles(inside.map((slot) => slot.profile));
    return {
      startMs,
      endMs,
      profile: received ? withIntake(profile, received, { startMs, endMs }) : profile,
    };
  });
}

/** Tests of all columns of a window, made once for each profile. */
export type WindowTests = (current: Profile) => ReadonlyMap<string, ColumnTest>;

export function windowTests(binSet: BinSet, reference: Profile): WindowTests {
  const made = new WeakMap<Profile, Map<string, ColumnTest>>();
  return (current) => {
    const tests = made.get(current) ?? testColumns(binSet, reference, current);
    made.set(current, tests);
    return tests;
  };
}

/**
 * One metric over windows. With `tests`, a distance also carries the p-value of its column's test, and the same after
 * Benjamini–Hochberg over the columns of the window.
 */
export function scoreWindows(
  question: Omit<MetricQuestion, 'current'>,
  windows: readonly WindowProfile[],
  tests: WindowTests | null,
): WindowScore[] {
  const { descriptor, columnKey } = question;
  const isTested = tests && columnKey !== null && descriptor.family === 'drift';
  return windows.map(({ startMs, endMs, profile }) => {
    const score = scoreMetric({ ...question, current: profile });
    const test = isTested && score.status === 'ok' ? tests(profile).get(columnKey) : undefined;
    if (!test) return { startMs, endMs, score };
    const { pValue, adjustedP } = test;
    return { startMs, endMs, score: { ...score, pValue: score.pValue ?? pValue, adjustedP } };
  });
}
