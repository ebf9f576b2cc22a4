import { type BinSet, type BinSetColumn, monitorBody, type Profile } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { mergeProfiles } from '../merge-profiles.ts';
import {
  categoricalColumn,
  numericColumn,
  profileBinary,
  profileColumn,
  profileErrors,
  profileOf,
  spreadValues,
} from '../profile-fixture.ts';
import { findMetric } from '../registry.ts';
import { scoreWindows } from '../score-windows.ts';
import { defaultMonitors } from './default-monitors.ts';
import { judgeWindows } from './judge-windows.ts';

const binary = { task: 'binary_classification', positiveLabel: 'late' } as const;
const dayMs = 86_400_000;

/** Mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('defaultMonitors', () => {
  const columns: BinSetColumn[] = [
    { ...numericColumn, column: 'prediction_score' },
    ...Array.from({ length: 25 }, (_, i) => ({ ...numericColumn, column: `features.f${i}` })),
  ];
  const binSet: BinSet = { columns };
  const reference = profileOf(
    1000,
    Object.fromEntries(columns.map((c) => [c.column, profileColumn(c, spreadValues(1000))])),
    profileBinary(
      spreadValues(1000).map((score, i) => ({ score, isPositive: score > 0.5 !== (i % 5 === 0) })),
    ),
  );

  it('watches predictions, the first 20 features and performance, in bodies the API would take', () => {
    const monitors = defaultMonitors({ binSet, context: binary, reference });
    expect(monitors.map(({ metric }) => metric)).toEqual([
      ...new Array<string>(21).fill('wasserstein_normed'),
      ...new Array<string>(20).fill('missing_rate'),
      'accuracy',
    ]);
    expect(new Set(monitors.map(({ name }) => name)).size).toBe(monitors.length);
    for (const { name, metric, columnKey, minN, ...rest } of monitors) {
      monitorBody.parse({ name, metric, column: columnKey || null, min_n: minN, ...rest });
    }
  });

  it('sets performance off from what the reference had', () => {
    const accuracy = defaultMonitors({ binSet, context: binary, reference }).at(-1);
    expect(accuracy?.threshold).toMatchObject({ direction: 'below' });
    expect(accuracy?.threshold.warning).toBeLessThan(0.77);
    const rows = Array.from({ length: 100 }, (_, i) => ({ prediction: i, actual: i + 2 }));
    const regression = profileOf(100, {}, { labelled: 100, errors: profileErrors(rows) });
    const [mae] = defaultMonitors({
      binSet: { columns: [] },
      context: { task: 'regression', positiveLabel: null },
      reference: regression,
    });
    expect(mae).toMatchObject({ metric: 'mae', threshold: { direction: 'above' } });
    expect(mae?.threshold.warning).toBeCloseTo(2.2, 9);
  });

  it('watches no performance when the reference has no labels', () => {
    const monitors = defaultMonitors({ binSet, context: binary, reference: profileOf(1000) });
    expect(monitors.some(({ metric }) => metric === 'accuracy')).toBe(false);
  });

  const values = Array.from({ length: 40 }, (_, i) => `c${i}`);
  const wide: BinSetColumn = {
    ...categoricalColumn,
    bins: { layout: 'categorical', values, rare: [] },
  };
  const narrow: BinSetColumn = {
    ...categoricalColumn,
    bins: { layout: 'categorical', values: ['c0', 'c1'], rare: [] },
  };
  const draw = (column: BinSetColumn, n: number, random: () => number, shift: number) =>
    profileColumn(
      column,
      Array.from({ length: n }, () => {
        if (column.bins.layout !== 'categorical') return random() + shift;
        return random() < shift ? 'c0' : `c${Math.floor(random() * column.bins.values.length)}`;
      }),
    );

  /** Days on which the first default monitor of the column has an episode open. */
  function episodesOf(column: BinSetColumn, days: Profile[], reference: Profile) {
    const set = { columns: [column] };
    const [monitor] = defaultMonitors({ binSet: set, context: binary, reference });
    const descriptor = monitor && findMetric(monitor.metric);
    if (!monitor || !descriptor) throw new Error('no monitor');
    const question = { descriptor, columnKey: column.column, binSet: set, context: binary, reference };
    const windows = days.map((profile, i) => ({ startMs: i * dayMs, endMs: (i + 1) * dayMs, profile }));
    return judgeWindows(
      scoreWindows(question, windows, null),
      { ...monitor, descriptor },
      { binSet: set, reference, habit: null },
    ).outcome.episodes;
  }

  it.each([
    ['numeric, 200 rows a day', numericColumn, 200],
    ['numeric, 500 rows a day', numericColumn, 500],
    ['two categories, 200 rows a day', narrow, 200],
    ['forty categories, 200 rows a day', wide, 200],
  ])('keeps quiet for 300 days without drift and notices a clear shift within three: %s', (_, column, n) => {
    const random = randomNumbers(7);
    const day = (rows: number, shift: number) =>
      profileOf(rows, { [column.column]: draw(column, rows, random, shift) });
    const reference = day(10_000, 0);
    const stable = Array.from({ length: 300 }, () => day(n, 0));
    expect(episodesOf(column, stable, reference)).toEqual([]);
    const shifted = [...stable.slice(0, 5), ...Array.from({ length: 3 }, () => day(n, 0.3))];
    expect(episodesOf(column, shifted, reference)).toHaveLength(1);
  });

  it('does not call the habits of the reference drift: a weekday has no daily monitor, a restless number a higher threshold; predictions are watched all the same', () => {
    const weekdays = Array.from({ length: 7 }, (_, i) => `d${i}`);
    const weekday: BinSetColumn = {
      ...categoricalColumn,
      column: 'features.weekday',
      bins: { layout: 'categorical', values: weekdays, rare: [] },
    };
    const restless: BinSetColumn = { ...numericColumn, column: 'features.load' };
    const random = randomNumbers(11);
    const predicted: BinSetColumn = { ...weekday, column: 'prediction_label' };
    const set = { columns: [weekday, restless, predicted] };
    const dayOf = (i: number, jump = 0) => {
      const rows = Array.from({ length: 600 }, () => random() * 0.9 + 0.1 * Math.abs(Math.sin(i)) + jump);
      return profileOf(600, {
        'features.weekday': profileColumn(
          weekday,
          rows.map(() => `d${i % 7}`),
        ),
        'features.load': profileColumn(restless, rows),
        prediction_label: profileColumn(
          predicted,
          rows.map(() => `d${i % 7}`),
        ),
      });
    };
    const days = Array.from({ length: 28 }, (_, i) => ({ startMs: (4 + i) * dayMs, profile: dayOf(i) }));
    const reference = mergeProfiles(days.map(({ profile }) => profile));
    const drift = (given: typeof days) =>
      defaultMonitors({ binSet: set, context: binary, reference, days: given }).filter(
        ({ metric }) => metric !== 'missing_rate',
      );
    const [label, load, ...others] = drift(days);
    expect([label?.columnKey, load?.columnKey, others]).toEqual(['prediction_label', 'features.load', []]);
    const untaught = drift([]).find(({ columnKey }) => columnKey === 'features.load');
    expect(load?.threshold.warning).toBeGreaterThan(untaught?.threshold.warning ?? 1);
    expect(drift([])).toHaveLength(3);
  });
});
