import { type DelayProfile, delayBinsPerOctave, type Profile } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { mergeProfiles } from '../merge-profiles.ts';
import { profileOf } from '../profile-fixture.ts';
import { scoreMetric } from '../score-metric.ts';
import { withAges } from '../with-ages.ts';
import { arrivalReport } from './arrival-report.ts';
import { freshnessMetric } from './freshness-seconds.ts';
import { labelDelayMetric } from './label-delay-p95.ts';

const hour = 3_600_000;
const day = 24 * hour;

const binned = (seconds: readonly number[]): DelayProfile => {
  const counts = new Map<number, number>();
  for (const delay of seconds) {
    const bin = delay < 1 ? 0 : Math.floor(delayBinsPerOctave * Math.log2(delay)) + 1;
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const rows = [...counts].sort(([a], [b]) => a - b);
  return { bins: rows.map(([bin]) => bin), counts: rows.map(([, count]) => count) };
};

const labelledDay = (events: number, seconds: readonly number[], newestMs = day / 2): Profile => ({
  ...profileOf(events, {}, { labelled: seconds.length, delays: binned(seconds) }),
  newestMs,
});

const score = (current: Profile, descriptor = labelDelayMetric) =>
  scoreMetric({
    descriptor,
    columnKey: null,
    binSet: { columns: [] },
    context: { task: 'regression', positiveLabel: null },
    current,
    reference: null,
  });

test('the 95th percentile of 1 to 1000 seconds lies within 4.4 % of 950, and its interval of ranks around it', () => {
  const seconds = Array.from({ length: 1000 }, (_, i) => i + 1);
  const { value, n, lower, upper, errorBound } = score(labelledDay(2000, seconds));
  expect(n).toBe(1000);
  expect(Math.abs((value ?? 0) - 950)).toBeLessThanOrEqual(errorBound ?? 0);
  expect(errorBound).toBeLessThan(45);
  expect(lower).toBeLessThanOrEqual(937);
  expect(upper).toBeGreaterThanOrEqual(963);
});

test.each([
  ['no events', profileOf(0), 'empty'],
  ['events of older profiles', profileOf(1000, {}, { labelled: 1000 }), 'not_applicable'],
  ['no labels with a time', labelledDay(1000, []), 'empty'],
  ['99 labels', labelledDay(1000, new Array<number>(99).fill(5)), 'insufficient_data'],
])('%s give no delay: %s', (_, profile, status) => {
  expect(score(profile)).toMatchObject({ value: null, status });
});

test('merged delays are those of all, and unknown when a part with events has none', () => {
  const parts = [labelledDay(10, [1, 2, 900], 5), profileOf(0), labelledDay(10, [2, 0.5], 9)];
  const merged = mergeProfiles(parts);
  expect(merged.performance.delays).toEqual(binned([0.5, 1, 2, 2, 900]));
  expect(merged.newestMs).toBe(9);
  const older = mergeProfiles([...parts, profileOf(3)]);
  expect(older.performance.delays).toBeUndefined();
  expect(older.newestMs).toBeUndefined();
});

test('coverage by an age counts the days that are as old, and of them labels that came by then', () => {
  const days = [
    { start: 0, profile: labelledDay(100, new Array<number>(50).fill(1800)) },
    {
      start: day,
      profile: labelledDay(100, [
        ...new Array<number>(20).fill(1800),
        ...new Array<number>(30).fill(30 * 3600),
      ]),
    },
  ];
  const { coverage_by_age: byAge, n_timed } = arrivalReport(days, 2 * day + 7 * hour);
  expect(n_timed).toBe(100);
  expect(
    byAge.map(({ age_seconds, n_events, n_labelled }) => [age_seconds / 3600, n_events, n_labelled]),
  ).toEqual([
    [1, 200, 70],
    [6, 200, 70],
    [24, 100, 50],
  ]);
  expect(byAge[2]?.coverage).toBe(0.5);
});

test('quantiles ask for five labels beyond them', () => {
  const { delays } = arrivalReport(
    [{ start: 0, profile: labelledDay(200, new Array<number>(100).fill(7)) }],
    day,
  );
  expect(delays.map(({ quantile, status }) => [quantile, status])).toEqual([
    [0.5, 'ok'],
    [0.9, 'ok'],
    [0.95, 'ok'],
    [0.99, 'insufficient_data'],
  ]);
});

test('the newest event ages through windows without events, until now', () => {
  const window = (i: number, profile: Profile) => ({ startMs: i * hour, endMs: (i + 1) * hour, profile });
  const windows = [
    window(0, profileOf(0)),
    window(1, labelledDay(3, [], 1.5 * hour)),
    window(2, profileOf(0)),
    window(3, profileOf(0)),
  ];
  const scores = withAges(windows, 3.25 * hour).map(({ profile }) => score(profile, freshnessMetric));
  expect(scores.map(({ status, value }) => [status, value])).toEqual([
    ['empty', null],
    ['ok', 1800],
    ['ok', 5400],
    ['ok', 6300],
  ]);
});
