import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  estimatorOf,
  fit,
  learnt,
  realisedLoss,
  rowsOf,
  type TripColumns,
  type Trips,
  windowOf,
} from './estimate-losses-fixture.ts';
import { estimatePerformance, standardErrorOf } from './estimate-performance.ts';
import { lossEstimatorFormat } from './loss-estimator.ts';
import { drawTrips } from './loss-rows-fixture.ts';
import { performanceEstimator } from './performance-estimator.ts';

interface Case {
  title: string;
  categorical: string[];
  reference: TripColumns;
  chunks: { rows: TripColumns; estimated: Record<string, number>; sampling_error: Record<string, number> }[];
}
const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/loss-estimation.fixture.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

const noColumns = { columns: [] };

describe('estimates of errors are within 2 % of NannyML’s, and so are their standard errors', () => {
  it.each(cases)('$title', { timeout: 30_000 }, ({ categorical, reference, chunks }) => {
    const stored = learnt(rowsOf(reference, categorical));
    const estimator = estimatorOf(stored);
    for (const { rows, estimated, sampling_error } of chunks) {
      const { metrics, n } = estimatePerformance(
        estimator,
        noColumns,
        windowOf(stored, rowsOf(rows, categorical)),
      );
      expect([...metrics.keys()]).toEqual(Object.keys(estimated));
      for (const [metric, value] of Object.entries(estimated)) {
        expect(Math.abs((metrics.get(metric)?.value ?? 0) / value - 1), metric).toBeLessThan(0.02);
        // Ours also counts the reference's own error.
        const ofEvents = (standardErrorOf(estimator, metric, n) ?? 9) / Math.sqrt(1 + n / estimator.n);
        expect(Math.abs(ofEvents / (sampling_error[metric] ?? 0) - 1), `${metric} error`).toBeLessThan(0.02);
      }
    }
  });
});

describe('estimates of errors', () => {
  const stored = learnt(drawTrips(1, 4000));
  const estimator = estimatorOf(stored);
  const estimateOf = (rows: Trips) =>
    estimatePerformance(estimator, noColumns, windowOf(stored, rows)).metrics;

  it('hold the realised ones in their band when the relation holds, and follow trips that go further', () => {
    let misses = 0;
    const windows = 60;
    for (let seed = 0; seed < windows; seed++) {
      const rows = drawTrips(100 + seed, 500, { shift: (seed % 3) * 0.4 });
      for (const [metric, { lower, upper }] of estimateOf(rows)) {
        const value = realisedLoss(metric, rows);
        misses += Number(value < (lower ?? Infinity) || value > (upper ?? -Infinity));
      }
    }
    expect(misses).toBeLessThanOrEqual((3 * windows) / 100);
    const [near, far] = [drawTrips(7, 20_000), drawTrips(8, 20_000, { shift: 0.8 })];
    const growth = (estimateOf(far).get('mae')?.value ?? 0) / (estimateOf(near).get('mae')?.value ?? 1);
    expect(growth).toBeGreaterThan(1.2);
    expect(growth).toBeCloseTo(realisedLoss('mae', far) / realisedLoss('mae', near), 1);
  });

  it('cannot see that the outcome means something else', () => {
    const drifted = drawTrips(9, 20_000, { forgotten: 6 });
    const { value, upper } = estimateOf(drifted).get('mae') ?? {};
    expect(value).toBe(estimateOf(drawTrips(9, 20_000)).get('mae')?.value);
    expect(realisedLoss('mae', drifted)).toBeGreaterThan(1.4 * (upper ?? Infinity));
  });

  it('say how each fifth of the reference fared when the rest estimated it', () => {
    expect(estimator.weakness).toBeNull();
    expect(estimator.heldOut?.map(({ metric }) => metric)).toEqual(['mae', 'rmse', 'mape']);
    for (const { r2, blocks } of estimator.heldOut ?? []) {
      expect(r2).toBeLessThan(0.5);
      expect(blocks.map(({ n }) => n)).toEqual([800, 800, 800, 800, 800]);
      for (const { bias } of blocks) expect(Math.abs(bias ?? 9)).toBeLessThan(3);
    }
    expect(estimator.heldOut?.[0]?.r2).toBeGreaterThan(0.1);
  });

  it('are of low confidence when the reference does not foretell itself, or nothing foretells the error', () => {
    const moved = drawTrips(2, 3000);
    moved.actuals.forEach((value, i) => {
      moved.actuals[i] = value + (i % 2 === 0 ? 1 : -1) * 15 * Math.floor(i / 600);
    });
    expect(estimatorOf(fit(moved)).weakness).toMatch(/held out/);
    const blind = drawTrips(3, 2500);
    blind.columns = [{ name: 'features.noise', values: drawTrips(4, 2500).predictions }];
    expect(estimatorOf(fit(blind)).weakness).toMatch(/repeats the reference/);
  });

  it('need 2,000 labelled reference events, and a metric 2,000 that it counts', () => {
    const few = drawTrips(5, 2500);
    few.actuals.fill(Number.NaN, 1999);
    expect(fit(few)).toMatchObject({ status: 'insufficient_data', reason: expect.stringContaining('1999') });
    expect(fit({ ...few, actuals: few.actuals.map(() => Number.NaN) })).toMatchObject({
      status: 'not_applicable',
    });
    const zeros = drawTrips(6, 2500);
    zeros.actuals.fill(0, 1999);
    expect(learnt(zeros).losses.map(({ metric }) => metric)).toEqual(['mae', 'rmse']);
    const context = { task: 'regression', positiveLabel: null } as const;
    const reference = { events: 1, columns: {}, performance: { labelled: 1 } };
    expect(performanceEstimator(context, null)).toMatchObject({ status: 'not_applicable' });
    expect(performanceEstimator(context, reference)).toMatchObject({ status: 'learning' });
    expect(stored.format).toBe(lossEstimatorFormat);
  });

  it('survive being stored, and take what they do not know as missing', () => {
    const again = JSON.parse(JSON.stringify(stored)) as typeof stored;
    const rows = drawTrips(10, 300);
    expect(windowOf(again, rows)).toEqual(windowOf(stored, rows));
    const [distance, , prediction] = rows.columns;
    if (!distance || !prediction) throw new Error('expected columns');
    const strange = {
      ...rows,
      columns: [distance, { name: 'features.origin', values: rows.times }, prediction],
    };
    const without = { ...rows, columns: [prediction, distance] };
    expect(windowOf(stored, strange)).toEqual(windowOf(stored, without));
    expect(windowOf(stored, { ...rows, columns: [distance] }).losses?.n).toBe(0);
  });

  it('count events with a prediction alone', () => {
    const rows = drawTrips(11, 300);
    rows.predictions.fill(Number.NaN, 100);
    const window = windowOf(stored, rows);
    expect(window.losses?.n).toBe(100);
    expect(estimatePerformance(estimator, noColumns, window)).toMatchObject({ n: 100, status: 'ok' });
  });
});
