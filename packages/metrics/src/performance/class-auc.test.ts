import { aucSamples } from '@plumbline/stats';
import { describe, expect, it } from 'vitest';
import { drawClasses, profileClasses } from '../estimation/class-rows-fixture.ts';
import { profileOf } from '../profile-fixture.ts';
import { classAuc, classesByFrequency, classPairs } from './class-auc.ts';

const context = { task: 'multiclass_classification', positiveLabel: null } as const;
const binSet = { columns: [] };
const auc = (current: ReturnType<typeof profileClasses>) =>
  classAuc({ context, binSet, current, reference: null });

describe('ROC AUC of several classes', () => {
  it('is within its error bound of the mean over the classes against the rest', () => {
    const rows = drawClasses(3, 2000, 1);
    const labels = Object.keys(rows[0]?.probabilities ?? {});
    const exact =
      labels.reduce((sum, label) => {
        const scores = rows.map(({ probabilities }) => probabilities[label] ?? 0);
        const isActual = rows.map(({ actual }) => Number(actual === label));
        return sum + (aucSamples(scores, isActual) ?? Number.NaN);
      }, 0) / labels.length;
    const score = auc(profileClasses(rows));
    expect(score).toMatchObject({ status: 'ok', n: 2000, exactness: 'binned' });
    expect(Math.abs((score.value ?? Number.NaN) - exact)).toBeLessThanOrEqual(score.errorBound ?? 0);
    expect(score.errorBound).toBeLessThan(0.01);
  });

  it('of pairs is within its error bound of the mean over the ordered pairs, by events of the two alone', () => {
    const rows = drawClasses(4, 1500, 1);
    const labels = Object.keys(rows[0]?.probabilities ?? {});
    const areas = labels.flatMap((label) =>
      labels
        .filter((rival) => rival !== label)
        .map((rival) => {
          const among = rows.filter(({ actual }) => actual === label || actual === rival);
          const scores = among.map(({ probabilities }) => probabilities[label] ?? 0);
          return (
            aucSamples(
              scores,
              among.map(({ actual }) => Number(actual === label)),
            ) ?? Number.NaN
          );
        }),
    );
    const score = classAuc({ context, binSet, current: profileClasses(rows), reference: null }, classPairs);
    const gap = Math.abs((score.value ?? Number.NaN) - areas.reduce((sum, area) => sum + area, 0) / 6);
    expect(areas).toHaveLength(6);
    expect(gap).toBeLessThanOrEqual(score.errorBound ?? 0);
    expect(score.errorBound).toBeLessThan(0.01);
  });

  it('of pairs does not move when a class is seen three times as often, of classes by frequency it does', () => {
    const rows = drawClasses(6, 900, 1);
    const more = [
      ...rows,
      ...rows.filter(({ actual }) => actual === 'a'),
      ...rows.filter(({ actual }) => actual === 'a'),
    ];
    const of = (given: typeof rows, sides: Parameters<typeof classAuc>[1]) =>
      classAuc({ context, binSet, current: profileClasses(given), reference: null }, sides).value ??
      Number.NaN;
    expect(of(more, classPairs)).toBeCloseTo(of(rows, classPairs), 12);
    expect(Math.abs(of(more, classesByFrequency) - of(rows, classesByFrequency))).toBeGreaterThan(1e-4);
  });

  it('of pairs has no value with a single class', () => {
    const single = drawClasses(8, 100, 1).map((row) => ({ ...row, actual: 'a' }));
    const score = classAuc({ context, binSet, current: profileClasses(single), reference: null }, classPairs);
    expect(score).toMatchObject({ value: null, status: 'insufficient_data' });
  });

  it('has an interval that holds the true value in at least 95 of 100 samples', () => {
    const truth = auc(profileClasses(drawClasses(1, 100_000, 1))).value ?? Number.NaN;
    const held = Array.from({ length: 400 }, (_, i) =>
      auc(profileClasses(drawClasses(100 + i, 300, 1))),
    ).filter(({ lower, upper }) => (lower ?? 2) <= truth && truth <= (upper ?? -1));
    expect(held.length / 400).toBeGreaterThanOrEqual(0.95);
  });

  it('has no value without labels, with a rare class, or without probabilities', () => {
    const rows = drawClasses(5, 400, 1);
    const rare = rows.map((row, i) => ({ ...row, actual: i < 9 ? 'rare' : row.actual }));
    expect(auc(profileClasses(rows.slice(0, 20))).status).toBe('insufficient_data');
    expect(auc(profileOf(100)).status).toBe('not_applicable');
    const [label] = Object.keys(rows[0]?.probabilities ?? {});
    const few = rows.map((row, i) => ({ ...row, actual: i < 5 ? (label ?? '') : 'other' }));
    expect(auc(profileClasses(few)).status).toBe('insufficient_data');
    expect(auc(profileClasses(rare)).status).toBe('ok');
  });
});
