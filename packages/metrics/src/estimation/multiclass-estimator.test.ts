import { readFileSync } from 'node:fs';
import type { ClassesProfile, PerformanceProfile, Profile } from '@plumbline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeProfiles } from '../merge-profiles.ts';
import { performanceReport } from '../performance-report.ts';
import { type ClassRow, drawClasses, profileClasses } from './class-rows-fixture.ts';
import { estimatePerformance, standardErrorOf } from './estimate-performance.ts';
import type { PerformanceEstimator } from './estimator.ts';
import { performanceEstimator } from './performance-estimator.ts';

type Rows = ClassesProfile & { confusion: NonNullable<PerformanceProfile['confusion']> };
interface Case {
  title: string;
  reference: Rows;
  chunks: { rows: Rows; estimated: Record<string, number>; sampling_error: Record<string, number> }[];
}
const { multiclass } = JSON.parse(
  readFileSync(new URL('../../fixtures/estimation.fixture.json', import.meta.url), 'utf8'),
) as { multiclass: Case[] };

const context = { task: 'multiclass_classification', positiveLabel: null } as const;
const noColumns = { columns: [] };
const profileOf = ({ n, classes, confusion }: Rows): Profile => ({
  events: n,
  columns: {},
  performance: { labelled: n, confusion, classes: { n, classes } },
});

function estimatorFrom(reference: Profile): PerformanceEstimator {
  const estimator = performanceEstimator(context, reference);
  if (!('expect' in estimator)) throw new Error(estimator.reason);
  return estimator;
}

const realised = (current: Profile) =>
  new Map(
    performanceReport({ context, current, reference: null }).metrics.map((entry) => [
      entry.metric,
      entry.value,
    ]),
  );

describe('estimates of more than two classes are near NannyML’s', () => {
  it.each(multiclass)('$title', ({ reference, chunks }) => {
    const estimator = estimatorFrom(profileOf(reference));
    for (const { rows, estimated, sampling_error } of chunks) {
      const { metrics, n } = estimatePerformance(estimator, noColumns, profileOf(rows));
      expect([...metrics.keys()]).toEqual(Object.keys(estimated));
      for (const [metric, value] of Object.entries(estimated)) {
        // It makes the calibrated probabilities of each row add up to 1 again; profiles do not hold rows.
        expect(Math.abs((metrics.get(metric)?.value ?? 9) - value), metric).toBeLessThan(
          metric === 'roc_auc' ? 7e-3 : 5e-3,
        );
        const ofEvents = (standardErrorOf(estimator, metric, n) ?? 9) / Math.sqrt(1 + n / estimator.n);
        const ratio = ofEvents / (sampling_error[metric] ?? 0);
        // Its error of the AUC is of one side of each class alone, and takes the classes for independent.
        if (metric === 'roc_auc') expect(ratio).toBeGreaterThan(1);
        else expect(Math.abs(ratio - 1), metric).toBeLessThan(0.1);
      }
    }
  });
});

describe('estimates of more than two classes', () => {
  it('equal the realised ones when the probabilities are the labels', () => {
    const label = fc.constantFrom('a', 'b', 'c');
    const row = fc.record({ actual: label, predicted: label }).map(
      ({ actual, predicted }): ClassRow => ({
        actual,
        predicted,
        probabilities: { a: Number(actual === 'a'), b: Number(actual === 'b'), c: Number(actual === 'c') },
      }),
    );
    const certain = drawClasses(2, 1500, 1).map((drawn): ClassRow => {
      const probabilities: Record<string, number> = { a: 0, b: 0, c: 0 };
      probabilities[drawn.actual] = 1;
      return { ...drawn, probabilities };
    });
    const estimator = estimatorFrom(profileClasses(certain));
    fc.assert(
      fc.property(fc.array(row, { minLength: 40, maxLength: 100 }), (rows) => {
        const current = profileClasses(rows);
        const truth = realised(current);
        for (const [metric, { value }] of estimatePerformance(estimator, noColumns, current).metrics) {
          const wanted = truth.get(metric) ?? null;
          if (wanted === null) expect(value, metric).toBeNull();
          else expect(value, metric).toBeCloseTo(wanted, 12);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('lie within 3 standard errors of the realised ones in 99 of 100 windows when the calibration holds', () => {
    const estimators = [1, 2].map((confidence) => ({
      confidence,
      estimator: estimatorFrom(profileClasses(drawClasses(7, 5000, confidence))),
    }));
    const misses = new Map<string, number>();
    for (let seed = 0; seed < 200; seed++) {
      const chosen = estimators[seed % 2];
      if (!chosen) continue;
      const current = profileClasses(drawClasses(500 + seed, 600, chosen.confidence, (seed % 3) * 0.3));
      const truth = realised(current);
      for (const [metric, estimate] of estimatePerformance(chosen.estimator, noColumns, current).metrics) {
        const value = truth.get(metric) ?? 9;
        const isMissed = value < (estimate.lower ?? 9) || value > (estimate.upper ?? -9);
        misses.set(metric, (misses.get(metric) ?? 0) + Number(isMissed));
      }
    }
    expect([...misses.keys()]).toEqual(['accuracy', 'precision', 'recall', 'f1', 'roc_auc']);
    for (const [metric, count] of misses) expect(count, metric).toBeLessThanOrEqual(2);
  });

  it('need labels of every class, and are of low confidence with fewer than 100 of one', () => {
    const rows = drawClasses(3, 3000, 1);
    const without = (label: string, kept: number) => [
      ...rows.filter(({ actual }) => actual !== label),
      ...rows.filter(({ actual }) => actual === label).slice(0, kept),
    ];
    expect(estimatorFrom(profileClasses(rows)).weakness).toBeNull();
    expect(estimatorFrom(profileClasses(without('c', 99))).weakness).toContain('99 of the rarest class');
    expect(performanceEstimator(context, profileClasses(without('c', 9)))).toMatchObject({
      status: 'insufficient_data',
    });
    const plain = { events: 9, columns: {}, performance: { labelled: 9 } };
    expect(performanceEstimator(context, plain)).toMatchObject({ status: 'not_applicable' });
    const estimate = estimatePerformance(estimatorFrom(profileClasses(rows)), noColumns, plain);
    expect(estimate.status).toBe('not_recorded');
  });

  it('do not depend on how events were profiled', () => {
    const rows = drawClasses(4, 300, 1);
    const [whole, parts] = [profileClasses(rows), [rows.slice(0, 90), rows.slice(90)].map(profileClasses)];
    const merged = mergeProfiles(parts).performance.classes;
    expect(merged?.classes.map(({ label, counts, actuals }) => ({ label, counts, actuals }))).toEqual(
      whole.performance.classes?.classes.map(({ label, counts, actuals }) => ({ label, counts, actuals })),
    );
    const older: Profile = { events: 1, columns: {}, performance: { labelled: 0 } };
    expect(mergeProfiles([...parts, older]).performance.classes).toBeUndefined();
  });
});
