import { expect, test } from 'vitest';
import { repeatsReport } from './repeats-report.ts';

const counted = (shares: readonly number[], rows = 1000) =>
  shares.map((share, start) => ({ start, rows, distinct: Math.round(rows * (1 - share)) }));

test('more repeats than the mean and three deviations of a further window of the reference are unusual', () => {
  const reference = counted([0.01, 0.02, 0.03, 0.01, 0.02, 0.03]);
  const { share, usual, points } = repeatsReport({
    whole: { rows: 4000, distinct: 3000 },
    current: counted([0, 0.04, 0.05, 0.5]),
    reference,
  });
  expect(share).toBe(0.25);
  expect(usual?.windows).toBe(6);
  expect(usual?.mean).toBeCloseTo(0.02, 12);
  expect(usual?.limit).toBeCloseTo(0.02 + 3 * Math.sqrt((0.0004 / 5) * (7 / 6)), 12);
  expect(points.map(({ unusual }) => unusual)).toEqual([false, false, true, true]);
});

test('a reference that never repeats allows one point', () => {
  const { usual, points } = repeatsReport({
    whole: { rows: 2000, distinct: 1990 },
    current: counted([0.01, 0.011]),
    reference: counted([0, 0, 0, 0, 0, 0]),
  });
  expect(usual?.limit).toBe(0.01);
  expect(points.map(({ unusual }) => unusual)).toEqual([false, true]);
});

test('few rows have no share, few windows of the reference no limit', () => {
  const current = counted([0.5], 29);
  const { status, share, usual, points } = repeatsReport({
    whole: { rows: 0, distinct: 0 },
    current,
    reference: [...counted([0, 0, 0, 0, 0]), ...counted([0.5], 29)],
  });
  expect([status, share, usual]).toEqual(['empty', null, null]);
  expect(points[0]).toMatchObject({ n: 29, status: 'insufficient_data', share: null, unusual: null });
});
