import type { DriftTimelineAnswer } from '@plumbline/contracts';
import { describe, expect, test } from 'vitest';
import { prepareHeatmap } from './prepare-heatmap.ts';

const point = (value: number | null, drifted = false) => ({
  value,
  adjusted_p: value === null ? null : 0.2,
  n: value === null ? 3 : 1200,
  status: value === null ? ('insufficient_data' as const) : ('ok' as const),
  drifted,
});
const column = (name: string, points: ReturnType<typeof point>[]) => ({
  column: name,
  kind: 'numeric' as const,
  role: 'feature' as const,
  metric: 'wasserstein_normed',
  threshold: 0.1,
  points,
});
const timeline: DriftTimelineAnswer = {
  window: { from: '2001-01-01T00:00:00.000Z', to: '2001-01-03T00:00:00.000Z' },
  granularity: 'day',
  windows: ['2001-01-01T00:00:00.000Z', '2001-01-02T00:00:00.000Z'],
  windows_total: 2,
  columns: [column('a', [point(0.05), point(null)]), column('b', [point(0.15, true), point(0.9, true)])],
};

describe('the rows of a heatmap', () => {
  test('come in the order of the table, columns it does not name last', () => {
    expect(prepareHeatmap(timeline, ['b', 'a']).map((row) => row.column)).toEqual(['b', 'a']);
    expect(prepareHeatmap(timeline, ['b']).map((row) => row.column)).toEqual(['b', 'a']);
  });

  test.each([
    [0.05, 0],
    [0.1, 1],
    [0.1001, 2],
    [0.2, 2],
    [0.4, 3],
    [0.41, 4],
    [null, null],
  ])('%s of a limit of 0.1 is level %s', (value, level) => {
    const [row] = prepareHeatmap({ ...timeline, columns: [column('a', [point(value)])] }, []);
    expect(row?.cells[0]?.level).toBe(level);
  });

  test('a cell says in words what its colour and its mark say', () => {
    const [, b] = prepareHeatmap(timeline, []);
    expect(b?.cells[1]?.text).toBe('2001-01-02: 0.900, drifted (limit 0.1, adjusted p 0.200), 1,200 values');
    const [a] = prepareHeatmap(timeline, []);
    expect(a?.cells.map(({ text }) => text)).toEqual([
      '2001-01-01: 0.0500, stable (limit 0.1, adjusted p 0.200), 1,200 values',
      '2001-01-02: insufficient data, 3 values',
    ]);
  });
});
