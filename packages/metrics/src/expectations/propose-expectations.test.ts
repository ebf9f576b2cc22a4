import { type BinSetColumn, type Expectation, expectationSchema } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { mergeProfiles } from '../merge-profiles.ts';
import {
  categoricalColumn,
  discreteColumn,
  numericColumn,
  profileColumn,
  profileOf,
} from '../profile-fixture.ts';
import { randomNumbers } from '../random-fixture.ts';
import { judgeExpectations } from './judge-expectations.ts';
import { proposeExpectations } from './propose-expectations.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const monday = Date.UTC(2026, 0, 5);
const closed: BinSetColumn = {
  column: 'features.channel',
  kind: 'categorical',
  bins: { layout: 'categorical', values: ['web', 'app', 'shop', 'phone'], rare: [] },
};
const score: BinSetColumn = { ...numericColumn, column: 'prediction_score' };
const binSet = { columns: [numericColumn, categoricalColumn, discreteColumn, closed, score] };

/** A day of a stable stream; `rows` a day. */
function dayOf(seed: number, rows = 500) {
  const { uniform } = randomNumbers(seed);
  const draw = <T>(values: T[]) =>
    Array.from({ length: rows }, () => values[Math.floor(uniform() * values.length)] ?? null);
  const missing = Array.from({ length: rows }, () => (uniform() < 0.05 ? null : uniform()));
  return profileOf(rows, {
    'features.x': profileColumn(numericColumn, missing),
    'features.origin': profileColumn(categoricalColumn, draw(['ORD', 'LAX', 'JFK'])),
    'features.hour': profileColumn(discreteColumn, draw([0, 1, 2, 3])),
    'features.channel': profileColumn(closed, draw(['web', 'app', 'shop', 'phone'])),
    prediction_score: profileColumn(score, draw([0.1, 0.5, 0.9])),
  });
}

const days = Array.from({ length: 30 }, (_, i) => ({ startMs: monday + i * dayMs, profile: dayOf(i + 1) }));
const reference = mergeProfiles(days.map(({ profile }) => profile));
const hours = Array.from({ length: 30 * 24 }, (_, i) => monday + i * hourMs);
const proposal = proposeExpectations({ binSet, reference, days, hours, features: [] });
const of = (kind: Expectation['kind'], column: string | null) =>
  proposal.find((expectation) => expectation.kind === kind && expectation.column === column);
/** A number among the parameters of an expectation. */
function numberOf(name: string, kind: Expectation['kind'], column: string): number {
  const parameters: Record<string, unknown> = { ...of(kind, column)?.parameters };
  return Number(parameters[name]);
}

describe('a reference suggests', () => {
  it('expectations that the contract takes', () => {
    for (const expectation of proposal) expect(expectationSchema.parse(expectation)).toEqual(expectation);
  });

  it('values as often missing as they were, and one percent more', () => {
    const mostly = numberOf('mostly', 'present', 'x');
    expect(mostly).toBeGreaterThan(0.91);
    expect(mostly).toBeLessThan(0.945);
    expect(of('present', 'origin')?.parameters).toEqual({ mostly: 0.99 });
  });

  it('the range it has, or, strictly, the declared one', () => {
    const { min, max } = reference.columns['features.x'] ?? {};
    expect(of('range', 'x')).toMatchObject({ severity: 'warning', parameters: { min, max, mostly: 0.999 } });
    const declared = proposeExpectations({
      binSet,
      reference,
      days,
      hours,
      features: [{ name: 'x', min: 0 }],
    });
    expect(declared.find(({ kind }) => kind === 'range')).toMatchObject({
      severity: 'critical',
      parameters: { min: 0, max: null, mostly: 1 },
    });
  });

  it('no new categories where it has no rare ones, few where it has', () => {
    expect(of('known_values', 'channel')?.parameters).toEqual({ also: [], mostly: 1 });
    expect(of('known_values', 'origin')?.parameters).toEqual({ also: [], mostly: 0.99 });
    expect(of('known_values', 'x')).toBeUndefined();
    expect(of('distinct_values', 'channel')?.parameters).toEqual({ min: 2, max: 6 });
  });

  it('a mean within half a standard deviation', () => {
    expect(numberOf('max', 'mean', 'x') - numberOf('min', 'mean', 'x')).toBeCloseTo(Math.sqrt(1 / 12), 1);
  });

  it('columns, rows a day and hours without rows', () => {
    expect(of('columns', null)?.parameters).toEqual({ names: ['x', 'origin', 'hour', 'channel'] });
    expect(of('volume', null)?.parameters).toEqual({ by_weekday: new Array(7).fill({ min: 375, max: 625 }) });
    expect(of('freshness', null)?.parameters).toEqual({ max_hours: 2 });
  });

  it('nothing that its own days break: a weekday stands still within each of them', () => {
    const column = { ...closed, column: 'features.weekday' };
    const ofDay = (i: number) => {
      const weekday = ['web', 'app', 'shop', 'phone'][i % 4] ?? null;
      return profileOf(500, {
        [column.column]: profileColumn(column, new Array<string | null>(500).fill(weekday)),
      });
    };
    const own = days.map(({ startMs }, i) => ({ startMs, profile: ofDay(i) }));
    const kinds = proposeExpectations({
      binSet: { columns: [column] },
      reference: mergeProfiles(own.map(({ profile }) => profile)),
      days: own,
      hours,
      features: [],
    }).map(({ kind }) => kind);
    expect(kinds).toEqual(['columns', 'volume', 'freshness', 'type', 'present', 'known_values']);
  });

  it('little where it is short', () => {
    const short = proposeExpectations({
      binSet,
      reference: dayOf(1, 100),
      days: days.slice(0, 1),
      hours: hours.slice(0, 24),
      features: [],
    });
    expect(short.map(({ kind }) => kind)).toEqual(['columns']);
  });
});

describe('what a reference suggests', () => {
  const judged = (profile: typeof reference) =>
    judgeExpectations(proposal, { binSet, current: profile, sensitive: new Set() });

  it('is met by itself and by further days like its own', () => {
    expect(judged(reference).results.filter(({ status }) => status === 'broken')).toEqual([]);
    const broken = Array.from({ length: 60 }, (_, i) => judged(dayOf(1000 + i)).broken);
    expect(broken.reduce((sum, count) => sum + count, 0)).toBe(0);
  });

  it('is broken by what goes wrong upstream', () => {
    const columns = {
      ...dayOf(7).columns,
      'features.x': profileColumn(numericColumn, new Array<number>(500).fill(-1)),
      'features.channel': profileColumn(closed, new Array<string>(500).fill('WEB')),
      'features.hour': profileColumn(discreteColumn, new Array<null>(500).fill(null)),
    };
    const { results } = judged({ ...dayOf(7), columns });
    const broken = results.filter(({ status }) => status === 'broken');
    expect(broken.map(({ kind, column }) => `${column} ${kind}`)).toEqual([
      'x range',
      'x varied',
      'x mean',
      'hour present',
      'channel known_values',
      'channel distinct_values',
      'channel varied',
    ]);
  });
});
