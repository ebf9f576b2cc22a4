import type { BinSet, Profile } from '@plumbline/contracts';
import { histogramAuc } from '@plumbline/stats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { performanceReport } from '../performance-report.ts';
import { binaryEstimator } from './binary-estimator.ts';
import { estimatePerformance } from './estimate-performance.ts';
import type { PerformanceEstimator } from './estimator.ts';
import { expectedOutcome } from './expected-outcome.ts';
import { performanceEstimator } from './performance-estimator.ts';
import { isotonicCalibrator, type ScoreCalibrator, uncalibrated } from './score-calibrator.ts';
import { drawScored, profilePredictions, profileScored, type ScoredRow } from './scored-rows-fixture.ts';

const context = { task: 'binary_classification', positiveLabel: 'yes' } as const;
const noColumns: BinSet = { columns: [] };

function estimatorFrom({ performance }: Profile, given?: ScoreCalibrator): PerformanceEstimator {
  const estimator = binaryEstimator(performance, 'yes', given);
  if (!('expect' in estimator)) throw new Error(estimator.reason);
  return estimator;
}

function realised(rows: ScoredRow[]): Map<string, number | null> {
  const report = performanceReport({ context, current: profileScored(rows), reference: null });
  return new Map(report.metrics.map(({ metric, value }) => [metric, value]));
}

function outcomeOf(scores: number[], calibrate = uncalibrated) {
  const rows = scores.map((score) => ({ score, isPredicted: score >= 0.5 }));
  const { confusion, positives, negatives, n } = expectedOutcome(profilePredictions(rows), calibrate);
  return { ...confusion, n, auc: histogramAuc(positives, negatives)?.value };
}

function expectOutcome(actual: Record<string, number | undefined>, expected: Record<string, number>): void {
  for (const [name, value] of Object.entries(expected)) expect(actual[name], name).toBeCloseTo(value, 7);
}

describe('the expected outcome', () => {
  it('adds up the probabilities behind the scores', () => {
    const scores = [0.95, 0.85, 0.7, 0.6, 0.45, 0.3, 0.2, 0.1];
    expectOutcome(outcomeOf(scores), { tp: 3.1, fp: 0.9, fn: 1.05, tn: 2.95, auc: 0.8301518 });
    const even = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000);
    expectOutcome(outcomeOf(even), { tp: 375, fp: 125, fn: 125, tn: 375 });
    expect(outcomeOf(even).auc).toBeCloseTo(0.833333, 5);
  });

  it('orders by the score and counts by the calibrated probability', () => {
    const y = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
    const s = [0.1, 0.4, 0.35, 0.8, 0.2, 0.9, 0.6, 0.7, 0.55, 0.3, 0.4, 0.05];
    const reference = profileScored(
      s.map((score, i) => ({ score, isPredicted: score >= 0.5, isPositive: y[i] === 1 })),
    );
    const calibrate = isotonicCalibrator(reference.performance.scores?.bins ?? []);
    const outcome = outcomeOf([0.9, 0.75, 0.58, 0.52, 0.4, 0.38, 0.15, 0.02], calibrate);
    expectOutcome(outcome, { tp: 3.2, fp: 0.8, fn: 1.2, tn: 2.8, auc: 0.8787879 });
    expectOutcome(outcomeOf([0.4, 0.4, 0.4], calibrate), { auc: 0.5 });
  });
});

describe('estimated performance', () => {
  it('equals the realised one when the scores are the labels', () => {
    const row = fc.record({ isPredicted: fc.boolean(), isPositive: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 60, maxLength: 120 }), (drawn) => {
        const rows = drawn.map((r) => ({ ...r, score: Number(r.isPositive) }));
        const estimator = estimatorFrom(profileScored(drawScored(1, 2000)), uncalibrated);
        const { metrics } = estimatePerformance(estimator, noColumns, profileScored(rows));
        const truth = realised(rows);
        for (const [metric, { value }] of metrics) expect(value, metric).toBe(truth.get(metric));
      }),
      { numRuns: 25 },
    );
  });

  it('lies within 3 standard errors of the realised one in 99 of 100 windows when the calibration holds', () => {
    const estimators = [1, 2.5].map((confidence) => ({
      confidence,
      estimator: estimatorFrom(profileScored(drawScored(7, 10_000, { confidence }))),
    }));
    const misses = new Map<string, number>();
    for (let seed = 0; seed < 200; seed++) {
      const { confidence, estimator } = estimators[seed % 2] ?? estimators[0] ?? { confidence: 1 };
      if (!estimator) continue;
      const rows = drawScored(1000 + seed, 1000, { confidence, shift: (seed % 5) * 0.2 });
      const truth = realised(rows);
      const unlabelled = { ...profileScored(rows).performance, scores: undefined, confusion: undefined };
      const { predictions } = unlabelled;
      if (!predictions) continue;
      const current: Profile = { events: 1000, columns: {}, performance: { labelled: 0, predictions } };
      for (const [metric, { lower, upper }] of estimatePerformance(estimator, noColumns, current).metrics) {
        const value = truth.get(metric) ?? 9;
        const isMissed = value < (lower ?? 9) || value > (upper ?? -9);
        misses.set(metric, (misses.get(metric) ?? 0) + Number(isMissed));
      }
    }
    expect(misses.size).toBe(8);
    for (const [metric, count] of misses) expect(count, metric).toBeLessThanOrEqual(2);
  });

  it('follows a shift of the scores, and cannot see that they mean something else', () => {
    const estimator = estimatorFrom(profileScored(drawScored(3, 20_000)));
    const accuracyOf = (rows: ScoredRow[]) => ({
      estimated: estimatePerformance(estimator, noColumns, profileScored(rows)).metrics.get('accuracy')
        ?.value,
      realised: realised(rows).get('accuracy'),
    });
    const shifted = accuracyOf(drawScored(4, 20_000, { shift: 1.5 }));
    expect(shifted.estimated).toBeCloseTo(shifted.realised ?? 9, 2);
    const before = accuracyOf(drawScored(5, 20_000));
    const drifted = accuracyOf(drawScored(5, 20_000, { conceptDrift: 0.6 }));
    expect(drifted.estimated).toBeCloseTo(before.estimated ?? 9, 3);
    expect((drifted.estimated ?? 0) - (drifted.realised ?? 1)).toBeGreaterThan(0.1);
  });
});

describe('an estimate is not made or marked', () => {
  const rows = drawScored(9, 3000);
  const full = profileScored(rows);
  const estimator = estimatorFrom(full);
  const origins = (known: number, unseen: number): Profile => ({
    ...full,
    columns: { 'features.origin': { n: known + unseen, missing: 0, counts: [known, 0, unseen] } },
  });
  const binSet: BinSet = {
    columns: [
      {
        column: 'features.origin',
        kind: 'categorical',
        bins: { layout: 'categorical', values: ['ORD'], rare: [] },
      },
    ],
  };

  it.each([
    ['ranking', { task: 'ranking', positiveLabel: null }, full, 'not_applicable'],
    ['no positive label', { ...context, positiveLabel: null }, full, 'not_applicable'],
    ['no reference', context, null, 'not_applicable'],
    ['no labels', context, { ...full, performance: { labelled: 0 } }, 'not_applicable'],
    ['few labels', context, profileScored(rows.slice(0, 25)), 'insufficient_data'],
    ['one class', context, profileScored(rows.filter((r) => !r.isPositive)), 'insufficient_data'],
  ] as const)('%s: %#', (_, asked, reference, status) => {
    expect(performanceEstimator(asked, reference)).toMatchObject({ status });
  });

  it('below 1,000 labelled reference events or 100 of a class: low confidence', () => {
    const weak = estimatorFrom(profileScored(rows.slice(0, 900)));
    const estimate = estimatePerformance(weak, noColumns, full);
    expect(estimate).toMatchObject({ status: 'low_confidence', reason: expect.stringMatching(/900/) });
    expect(estimate.metrics.get('accuracy')).toMatchObject({ status: 'low_confidence' });
    const rare = [...rows.filter((r) => !r.isPositive), ...rows.filter((r) => r.isPositive).slice(0, 99)];
    expect(estimatorFrom(profileScored(rare)).weakness).not.toBeNull();
    expect(estimator.weakness).toBeNull();
  });

  it('more than 10 % of a feature outside the reference: suppressed, with the reason', () => {
    expect(estimatePerformance(estimator, binSet, origins(900, 100)).status).toBe('ok');
    expect(estimatePerformance(estimator, binSet, origins(899, 101))).toMatchObject({
      status: 'suppressed',
      reason: '10.1 % of the values of origin lie outside what the reference has, more than 10 %.',
      metrics: new Map(),
    });
  });

  it('too few events, none, or none whose scores were kept', () => {
    const few = profileScored(rows.slice(0, 29));
    expect(estimatePerformance(estimator, noColumns, few).status).toBe('insufficient_data');
    expect(estimatePerformance(estimator, noColumns, profileScored([])).status).toBe('empty');
    const old = { ...full, performance: { labelled: 3000 } };
    expect(estimatePerformance(estimator, noColumns, old).status).toBe('not_recorded');
  });

  it('too few expected of a class: no value for metrics of that class', () => {
    const sure = rows.slice(0, 200).map((row) => ({ ...row, score: 0.0005, isPredicted: false }));
    const { metrics } = estimatePerformance(
      estimatorFrom(full, uncalibrated),
      noColumns,
      profileScored(sure),
    );
    expect(metrics.get('recall')).toMatchObject({ value: null, status: 'insufficient_data' });
    expect(metrics.get('accuracy')?.value).toBeCloseTo(0.9995, 9);
  });
});
