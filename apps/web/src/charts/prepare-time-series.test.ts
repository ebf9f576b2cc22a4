import type { TimeseriesAnswer } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { maxPoints, prepareTimeSeries } from './prepare-time-series.ts';

const dayMs = 86_400_000;
const start = Date.UTC(2001, 0, 1);

function point(index: number, value: number | null): TimeseriesAnswer['points'][number] {
  const known = value === null ? null : value;
  return {
    window_start: new Date(start + index * dayMs).toISOString(),
    value: known,
    lower: known === null ? null : known - 0.1,
    upper: known === null ? null : known + 0.1,
    n: 100,
    status: value === null ? 'empty' : 'ok',
    threshold: 0.2,
    threshold_lower: null,
  };
}

const answer = (points: TimeseriesAnswer['points']): TimeseriesAnswer => ({
  metric: 'psi',
  column: 'distance',
  granularity: 'day',
  window: { from: '2001-01-01T00:00:00Z', to: '2001-02-01T00:00:00Z' },
  estimation: null,
  points,
});

describe('prepareTimeSeries', () => {
  it('a window without a value and a window left out are both gaps, not zeros', () => {
    const { rows } = prepareTimeSeries(answer([point(0, 0.1), point(1, null), point(3, 0.3)]));
    expect(rows.map((row) => row.value)).toEqual([0.1, null, null, 0.3]);
    expect(rows.map((row) => row.label)).toEqual(['2001-01-01', '2001-01-02', '2001-01-03', '2001-01-04']);
  });

  it('an estimate stands where there is no value, and a window without one has none', () => {
    const estimated = { estimated: 0.8, estimated_lower: 0.7, estimated_upper: 0.9 };
    const prepared = prepareTimeSeries(
      answer([
        { ...point(0, null), ...estimated },
        { ...point(1, 0.1), estimated: null },
      ]),
    );
    expect(prepared).toMatchObject({ hasValues: true, hasEstimates: true });
    expect(prepared.rows[0]).toMatchObject({ value: null, estimate: 0.8, estimateBand: [0.7, 0.9] });
    expect(prepared.rows[1]).not.toHaveProperty('estimate');
    expect(prepareTimeSeries(answer([point(0, 0.1)])).hasEstimates).toBe(false);
  });

  it('windows that wait for labels carry the line on from the last settled one', () => {
    const young = { provisional: true, label_coverage: 0.3 };
    const prepared = prepareTimeSeries(
      answer([point(0, 0.1), point(1, 0.2), { ...point(2, 0.3), ...young }, { ...point(3, null), ...young }]),
    );
    expect(prepared.hasProvisional).toBe(true);
    expect(prepared.rows.map(({ status }) => status)).toEqual(['ok', 'ok', 'provisional', 'empty']);
    expect(prepared.rows.map((row) => row.settledValue)).toEqual([0.1, 0.2, null, null]);
    expect(prepared.rows.map((row) => row.provisionalValue)).toEqual([null, 0.2, 0.3, null]);
    expect(prepared.rows[2]?.labelled).toBe(0.3);
    expect(prepareTimeSeries(answer([point(0, 0.1)])).rows[0]).not.toHaveProperty('settledValue');
  });

  it('one threshold for all windows is one line; thresholds of windows are a line of their own', () => {
    expect(prepareTimeSeries(answer([point(0, 0.1), point(1, 0.2)]))).toMatchObject({
      threshold: 0.2,
      hasLimits: false,
    });
    const moving = prepareTimeSeries(answer([point(0, 0.1), { ...point(1, 0.2), threshold: null }]));
    expect(moving).toMatchObject({ threshold: null, hasLimits: true });
    expect(moving.rows.map((row) => row.upperLimit)).toEqual([0.2, null]);
  });

  it('puts points in order of time', () => {
    const { rows } = prepareTimeSeries(answer([point(1, 0.2), point(0, 0.1)]));
    expect(rows.map((row) => row.value)).toEqual([0.1, 0.2]);
  });

  it('draws at most 500 points, keeps the newest and tells how many there were', () => {
    const many = Array.from({ length: 1800 }, (_, i) => point(i, i));
    const prepared = prepareTimeSeries(answer(many));
    expect(prepared.rows.length).toBeLessThanOrEqual(maxPoints);
    expect(prepared.rows.at(-1)?.value).toBe(1799);
    expect(prepared.windows).toBe(1800);
  });

  it('tells an answer without any value', () => {
    const prepared = prepareTimeSeries(answer([point(0, null)]));
    expect(prepared.hasValues).toBe(false);
    expect(prepareTimeSeries(answer([])).rows).toEqual([]);
  });

  it('tells too few events per window from no events at all', () => {
    const sparse = { ...point(0, null), n: 5, status: 'insufficient_data' as const };
    expect(prepareTimeSeries(answer([sparse, point(1, null)])).isTooSparse).toBe(true);
    expect(prepareTimeSeries(answer([sparse, point(1, 0.5)])).isTooSparse).toBe(false);
    expect(prepareTimeSeries(answer([point(0, null)])).isTooSparse).toBe(false);
  });

  it('carries threshold and interval', () => {
    const prepared = prepareTimeSeries(answer([point(0, 0.5)]));
    expect(prepared.threshold).toBe(0.2);
    expect(prepared.rows[0]?.interval).toEqual([0.4, 0.6]);
  });
});
