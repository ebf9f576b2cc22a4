import { aucSamples } from '@plumbline/stats';
import { describe, expect, it } from 'vitest';
import { drawClasses, profileClasses } from '../estimation/class-rows-fixture.ts';
import { profileOf } from '../profile-fixture.ts';
import { classAuc } from './class-auc.ts';

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
