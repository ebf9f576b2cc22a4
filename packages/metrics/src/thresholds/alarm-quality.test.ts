import { readFileSync } from 'node:fs';
import type { BinSetColumn, Profile } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { primaryMetric } from '../drift/primary-metric.ts';
import { defaultMonitors } from '../monitors/default-monitors.ts';
import { type JudgedMonitor, judgeWindows } from '../monitors/judge-windows.ts';
import { findMetric } from '../registry.ts';
import { scoreWindows, windowTests } from '../score-windows.ts';
import { type AlarmWorld, alarmWorld, featureKinds, type Sample } from './alarm-world-fixture.ts';
import { evidentlyRule, nannymlRule, type OtherRule } from './other-rules-fixture.ts';
import { referenceHabit } from './reference-habit.ts';

const dayMs = 86_400_000;
const context = { task: 'regression', positiveLabel: null } as const;
const size = { features: 200, referenceDays: 14, days: 60, n: 500 };
const runs = 300;
const driftRuns = 15;
const once = { breaches: 1, of: 2 };

/** One rule set up for every feature of a world: the days of a feature on which it raises alerts, from 1. */
type AlertDays = (feature: number, days: { samples: Sample[]; profiles: Profile[] }) => number[];

type Rule = Pick<JudgedMonitor, 'threshold' | 'minN'>;

/** A rule on the primary metric of each column, two breaches among three days. */
function ourRule(
  world: AlarmWorld,
  ruleOf: (column: BinSetColumn) => Rule,
  persistence = { breaches: 2, of: 3 },
): AlertDays {
  const { binSet, reference, referenceDays } = world;
  const monitors = binSet.columns.map((column) => {
    const descriptor = findMetric(primaryMetric(column).metric);
    if (!descriptor) throw new Error('no such metric');
    const question = { descriptor, columnKey: column.column, binSet, context, reference };
    const monitor = {
      ...ruleOf(column),
      granularity: 'day',
      persistence,
      descriptor,
      columnKey: column.column,
    } as const;
    return { question, monitor, habit: referenceHabit(question, { chunks: referenceDays, minN: 200 }) };
  });
  const tests = windowTests(binSet, reference);
  return (feature, { profiles }) => {
    const of = monitors[feature];
    if (!of) throw new RangeError('no such feature');
    const windows = profiles.map((profile, i) => ({ startMs: i * dayMs, endMs: (i + 1) * dayMs, profile }));
    const scores = scoreWindows(of.question, windows, of.monitor.threshold.kind === 'auto' ? tests : null);
    const { outcome } = judgeWindows(scores, of.monitor, { binSet, reference, habit: of.habit });
    return outcome.episodes.map(({ openedToMs }) => openedToMs / dayMs);
  };
}

const auto =
  (change: object = {}) =>
  (): Rule => ({ threshold: { kind: 'auto', ...change }, minN: 200 });

/** A control chart of one severity on the distance, as it is when it is chosen. */
const chart = (kind: 'cusum' | 'ewma' | 'page_hinkley', warning: number) => (): Rule => ({
  threshold: { kind, warning, direction: 'above' },
  minN: 200,
});

/** The monitors that a model gets with its reference. */
function defaultRule({ reference, referenceDays }: AlarmWorld): (column: BinSetColumn) => Rule {
  const days = referenceDays.map((profile, i) => ({ startMs: i * dayMs, profile }));
  return (column) => {
    const [monitor] = defaultMonitors({ binSet: { columns: [column] }, context, reference, days });
    if (!monitor) throw new Error('no monitor');
    return monitor;
  };
}

/** Every first day of drift is an alert; with `persistent`, every first day on which two of three days drifted. */
function otherRule(
  world: AlarmWorld,
  make: (reference: Sample[]) => OtherRule,
  { persistent = false } = {},
): AlertDays {
  const rules = world.samples.map(({ reference }) => make(reference));
  return (feature, { samples }) => {
    const drifted = samples.map((sample) => rules[feature]?.(sample).drifted ?? false);
    const alarms = drifted.map((now, i) =>
      persistent ? [now, drifted[i - 1], drifted[i - 2]].filter(Boolean).length >= 2 : now,
    );
    return alarms.flatMap((now, i) => (now && !alarms[i - 1] ? [i + 1] : []));
  };
}

function falseAlerts(world: AlarmWorld, rule: AlertDays): number {
  return world.samples.reduce(
    (sum, { days }, feature) => sum + rule(feature, { samples: days, profiles: world.days }).length,
    0,
  );
}

/** Share of runs, by kind of feature, in which three days shifted from the first on raise an alert. */
function detection(world: AlarmWorld, rules: Record<string, AlertDays>): Map<string, Record<string, number>> {
  const kinds = Object.values(featureKinds);
  const found = new Map<string, { runs: number; found: Record<string, number> }>();
  for (let run = 0; run < runs; run++) {
    const feature = run % size.features;
    const kind = world.kinds[feature] ?? 'normal';
    const name = Object.keys(featureKinds)[kinds.indexOf(kind)] ?? '';
    const shift = typeof kind === 'object' ? 0.1 : 0.3;
    const key = world.binSet.columns[feature]?.column ?? '';
    const start = (run * 7) % (size.days - 3);
    const shifted = [0, 1, 2].map(() => world.shifted(feature, shift));
    const profiles = shifted.flatMap(({ profile }, i) => {
      const day = world.days[start + i];
      return day ? [{ ...day, columns: { ...day.columns, [key]: profile } }] : [];
    });
    const entry = found.get(name) ?? { runs: 0, found: {} };
    entry.runs += 1;
    for (const [rule, alertsOf] of Object.entries(rules)) {
      const alerts = alertsOf(feature, { samples: shifted.map(({ sample }) => sample), profiles });
      entry.found[rule] = (entry.found[rule] ?? 0) + (alerts.length > 0 ? 1 : 0);
    }
    found.set(name, entry);
  }
  return new Map(
    [...found].map(([name, { runs: of, found: hits }]) => [
      name,
      Object.fromEntries(Object.entries(hits).map(([rule, count]) => [rule, count / of])),
    ]),
  );
}

/** Median day on which a change of numbers that grows by `drift` deviations a day is found, in words. */
function daysToFind(world: AlarmWorld, rules: Record<string, AlertDays>, drift: number) {
  const numbers = world.kinds.flatMap((kind, i) => (kind === 'normal' ? [i] : [])).slice(0, driftRuns);
  const found = new Map<string, number[]>();
  for (const feature of numbers) {
    const key = world.binSet.columns[feature]?.column ?? '';
    const drawn = world.days.map((day, i) => ({ day, ...world.shifted(feature, drift * (i + 1)) }));
    const samples = drawn.map(({ sample }) => sample);
    const profiles = drawn.map(({ day, profile }) => ({
      ...day,
      columns: { ...day.columns, [key]: profile },
    }));
    for (const [rule, alertsOf] of Object.entries(rules)) {
      const [first = Number.POSITIVE_INFINITY] = alertsOf(feature, { samples, profiles });
      found.set(rule, [...(found.get(rule) ?? []), first]);
    }
  }
  return (rule: string) => {
    const days = (found.get(rule) ?? []).sort((a, b) => a - b);
    const median = days[Math.floor(days.length / 2)] ?? Number.POSITIVE_INFINITY;
    return Number.isFinite(median) ? `day ${median}` : 'not in 60 days';
  };
}

test('200 stable features raise fewer than 0.5 false alerts in 60 days, and a shift of 0.3 σ or 10 points is found within 3', () => {
  let alerts = 0;
  const found: Record<string, number>[] = [];
  const worlds = [11, 12, 13, 14];
  for (const seed of worlds) {
    const world = alarmWorld({ seed, ...size });
    const rule = ourRule(world, auto());
    alerts += falseAlerts(world, rule);
    for (const [name, { ours = 0 }] of detection(world, { ours: rule })) found.push({ [name]: ours });
  }
  expect(alerts / worlds.length).toBeLessThan(0.5);
  for (const name of Object.keys(featureKinds)) {
    const shares = found.flatMap((entry) => entry[name] ?? []);
    if (shares.length === 0) continue;
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean, name).toBeGreaterThanOrEqual(0.95);
  }
}, 60_000);

test('docs/metrics/alarm-quality.md shows this comparison with the default rules of two libraries', () => {
  const world = alarmWorld({ seed: 1, ...size });
  const rules = {
    'Plumbline `auto`, 2 of 3 days': ourRule(world, auto()),
    'Plumbline `auto` from 0.1, 2 of 3 days': ourRule(world, auto({ warning: 0.1 })),
    'Plumbline default monitors, 2 of 3 days': ourRule(world, defaultRule(world)),
    'Plumbline CUSUM of 5, any day': ourRule(world, chart('cusum', 5), once),
    'Plumbline CUSUM of 10, any day': ourRule(world, chart('cusum', 10), once),
    'Plumbline EWMA of 3, any day': ourRule(world, chart('ewma', 3), once),
    'Plumbline Page–Hinkley of 50, any day': ourRule(world, chart('page_hinkley', 50), once),
    'Evidently, default': otherRule(world, evidentlyRule),
    'Evidently, default on 2 of 3 days': otherRule(world, evidentlyRule, { persistent: true }),
    'NannyML, default': otherRule(world, nannymlRule),
    'NannyML, default on 2 of 3 days': otherRule(world, nannymlRule, { persistent: true }),
  };
  const found = detection(world, rules);
  const percent = (share: number | undefined) => `${Math.round(100 * (share ?? 0))} %`;
  const rows = Object.entries(rules).map(([name, rule]) =>
    [name, falseAlerts(world, rule), ...[...found.values()].map((by) => percent(by[name]))].join(' | '),
  );
  const header = ['Rule', 'False alerts in 60 days', ...found.keys()].join(' | ');
  const drifts = [0.05, 0.005];
  const slow = drifts.map((drift) => daysToFind(world, rules, drift));
  const slowHeader = ['Rule', ...drifts.map((drift) => `${drift} σ a day`)].join(' | ');
  const slowRows = Object.keys(rules).map((name) => [name, ...slow.map((of) => of(name))].join(' | '));
  const docs = readFileSync(new URL('../../../../docs/metrics/alarm-quality.md', import.meta.url), 'utf8');
  const plain = docs.replaceAll(/[ \t]+/g, ' ');
  const table = plain.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| -'));
  expect(table).toEqual([header, ...rows, slowHeader, ...slowRows].map((row) => `| ${row} |`));
}, 120_000);
