import type { BinSetColumn } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { distanceCounts } from './drift/distance-counts.ts';
import { driftReport } from './drift-report.ts';
import {
  categoricalColumn,
  constantColumn,
  discreteColumn,
  numericColumn,
  profileColumn,
  profileOf,
  spreadValues,
} from './profile-fixture.ts';

type Values = readonly (number | string | null)[];

function report(column: BinSetColumn, reference: Values, current: Values) {
  const answer = driftReport({
    binSet: { columns: [column] },
    reference: profileOf(reference.length, { [column.column]: profileColumn(column, reference) }),
    current: profileOf(current.length, { [column.column]: profileColumn(column, current) }),
  });
  const [row] = answer.columns;
  if (!row) throw new Error('no column');
  const metric = (name: string) => row.metrics.find((entry) => entry.metric === name);
  return { dataset: answer.dataset, row, metric };
}

const letters = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'];
const sixLetters: BinSetColumn = {
  column: 'features.letter',
  kind: 'categorical',
  bins: { layout: 'categorical', values: letters, rare: [] },
};
const repeat = (counts: number[]) =>
  counts.flatMap((count, i) => new Array<string>(count).fill(letters[i] ?? ''));

describe('driftReport', () => {
  it.each([
    ['js_distance', 0.0817342],
    ['hellinger', 0.0681277],
    ['tvd', 0.0681818],
    ['l_infinity', 0.0454545],
    ['chi_square', 1.622409],
  ])('gives the %s that independent implementations give', (name, value) => {
    const { metric } = report(sixLetters, repeat([16, 18, 16, 14, 12, 12]), repeat([16, 16, 16, 16, 16, 8]));
    expect(metric(name)?.value).toBeCloseTo(value, 6);
    expect(metric(name)).toMatchObject({ status: 'ok', exactness: 'exact', error_bound: 0 });
  });

  it('states the p-value of the contingency test beside the χ² statistic', () => {
    const { metric } = report(sixLetters, repeat([16, 18, 16, 14, 12, 12]), repeat([16, 16, 16, 16, 16, 8]));
    expect(metric('chi_square')?.p_value).toBeCloseTo(0.898526, 6);
  });

  it('bounds the exact distances of a moved numeric column', () => {
    const { row, metric } = report(numericColumn, spreadValues(5000), spreadValues(5000, 0.2));
    const w1 = metric('wasserstein_normed');
    const exactW1 = 0.2 / Math.sqrt(1 / 12);
    expect(Math.abs((w1?.value ?? 0) - exactW1)).toBeLessThanOrEqual((w1?.error_bound ?? 0) + 1e-6);
    const ks = metric('ks');
    expect(0.2 - (ks?.value ?? 0)).toBeGreaterThanOrEqual(-1e-9);
    expect(0.2 - (ks?.value ?? 0)).toBeLessThanOrEqual((ks?.error_bound ?? 0) + 1e-9);
    expect(row).toMatchObject({ primary: 'wasserstein_normed', drifted: true });
  });

  it('needs an effect: a tiny shift of many rows is significant and no drift', () => {
    const { row, metric } = report(numericColumn, spreadValues(200_000), spreadValues(200_000, 0.02));
    expect(metric('ks')?.p_value).toBeLessThan(1e-6);
    expect(row.drifted).toBe(false);
  });

  it('needs significance: the same shift of few rows is no drift', () => {
    const { row, metric } = report(numericColumn, spreadValues(5000), spreadValues(40, 0.08));
    expect(metric('wasserstein_normed')?.value).toBeGreaterThan(0.1);
    expect(metric('wasserstein_normed')?.drifted).toBe(false);
    expect(row.drifted).toBe(false);
  });

  it('corrects for the number of feature columns', () => {
    const columns = Array.from({ length: 50 }, (_, i) => ({ ...numericColumn, column: `features.f${i}` }));
    const profile = (n: number, shiftOf: (i: number) => number) =>
      profileOf(
        n,
        Object.fromEntries(columns.map((c, i) => [c.column, profileColumn(c, spreadValues(n, shiftOf(i)))])),
      );
    const drifted = (count: number) =>
      driftReport({
        binSet: { columns: columns.slice(0, count) },
        reference: profile(5000, () => 0),
        current: profile(200, (i) => (i === 0 ? 0.1 : 0)),
      }).dataset.drifted_columns;
    expect(drifted(1)).toBe(1);
    expect(drifted(50)).toBe(0);
  });

  it('gives numeric metrics to numeric columns only and lists the same ones for every kind otherwise', () => {
    const names = (column: BinSetColumn) => report(column, [], []).row.metrics.map(({ metric }) => metric);
    expect(names(numericColumn)).toContain('ks');
    expect(names(categoricalColumn)).not.toContain('ks');
    expect(names(categoricalColumn)).not.toContain('wasserstein_normed');
    expect(names(categoricalColumn)).toEqual(names(numericColumn).slice(2));
  });

  it('is exact on discrete values and keeps the unseen apart', () => {
    const hours = (shift: number) => Array.from({ length: 400 }, (_, i) => (i % 4) + shift);
    const same = report(discreteColumn, hours(0), hours(0).toReversed());
    expect(same.metric('ks')).toMatchObject({ value: 0, exactness: 'exact', error_bound: 0 });
    expect(same.metric('wasserstein_normed')).toMatchObject({ value: 0, exactness: 'exact' });
    const moved = report(discreteColumn, hours(0), hours(1));
    expect(moved.metric('ks')).toMatchObject({ value: 0.25, exactness: 'binned', error_bound: 0.25 });
    expect(moved.metric('wasserstein_normed')?.value).toBeCloseTo(1 / Math.sqrt(1.25), 9);
  });

  it('judges a column that was constant by its shape', () => {
    const { row, metric } = report(constantColumn, new Array(100).fill(7), [
      ...new Array<number>(50).fill(7),
      ...spreadValues(50),
    ]);
    expect(metric('ks')).toMatchObject({ status: 'constant', value: null });
    expect(metric('wasserstein_normed')).toMatchObject({ status: 'constant', value: null });
    expect(row).toMatchObject({ primary: 'js_distance', drifted: true });
  });

  it('counts neither predictions nor columns without data in the dataset', () => {
    const score = { ...numericColumn, column: 'prediction_score' };
    const values = { reference: spreadValues(1000), current: spreadValues(1000, 0.5) };
    const answer = driftReport({
      binSet: { columns: [score, numericColumn, categoricalColumn] },
      reference: profileOf(1000, {
        prediction_score: profileColumn(score, values.reference),
        'features.x': profileColumn(numericColumn, values.reference),
      }),
      current: profileOf(1000, {
        prediction_score: profileColumn(score, values.current),
        'features.x': profileColumn(numericColumn, values.current),
      }),
    });
    expect(answer.columns.map(({ drifted }) => drifted)).toEqual([true, true, false]);
    expect(answer.columns.map(({ role }) => role)).toEqual(['prediction', 'feature', 'feature']);
    expect(answer.dataset).toMatchObject({ drifted_share: 1, drifted_columns: 1, columns: 1, status: 'ok' });
  });

  it('has no share without events or without a reference', () => {
    const none = report(numericColumn, spreadValues(100), []);
    expect(none.dataset).toMatchObject({
      drifted_share: null,
      drifted_columns: 0,
      columns: 0,
      status: 'empty',
    });
    const current = profileOf(100, { 'features.x': profileColumn(numericColumn, spreadValues(100)) });
    const answer = driftReport({ binSet: { columns: [numericColumn] }, reference: null, current });
    expect(answer.dataset).toMatchObject({ drifted_share: null, status: 'not_applicable' });
    expect(
      answer.columns[0]?.metrics.every(({ value, status }) => value === null && status === 'not_applicable'),
    ).toBe(true);
  });
});

describe('distanceCounts', () => {
  const edges = (bins: number) => Array.from({ length: bins + 1 }, (_, i) => i);
  it.each([
    [20, Array.from({ length: 22 }, () => 1), [1, ...new Array<number>(10).fill(2), 1]],
    [11, Array.from({ length: 13 }, () => 1), [1, 2, 2, 2, 2, 2, 1, 1]],
    [10, Array.from({ length: 12 }, () => 1), new Array<number>(12).fill(1)],
  ])('merges %i bins pairwise and leaves the outer ones alone', (bins, counts, expected) => {
    expect(distanceCounts({ layout: 'numeric', edges: edges(bins) }, counts)).toEqual(expected);
  });
});
