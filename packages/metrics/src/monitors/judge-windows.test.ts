import { expect, it } from 'vitest';
import { findMetric } from '../registry.ts';
import { judgeWindows } from './judge-windows.ts';

const dayMs = 86_400_000;
const descriptor = findMetric('volume');
if (!descriptor) throw new Error('no such metric');
const monitor = {
  descriptor,
  columnKey: '',
  granularity: 'day',
  threshold: { kind: 'sigma', warning: 3, direction: 'outside', windows: 7 },
  persistence: { breaches: 1, of: 1 },
  minN: null,
} as const;
const against = { binSet: { columns: [] }, reference: null, habit: null };

const windows = [100, 900, 100, 110, 90, 100, 110, 90, 100, 500, 100].map((value, i) => ({
  startMs: i * dayMs,
  endMs: (i + 1) * dayMs,
  score: { value, status: 'ok', n: value, exactness: 'exact' } as const,
}));

it('takes the same view of the last windows whether the first ones are judged or only history', () => {
  const all = judgeWindows(windows, monitor, against);
  const late = judgeWindows(windows, monitor, { ...against, fromMs: 9 * dayMs });
  expect(late.points).toEqual(all.points.slice(9));
  expect(late.outcome.episodes).toEqual(all.outcome.episodes.slice(-1));
  expect(late.outcome.episodes).toMatchObject([{ fromMs: 9 * dayMs, resolved: true }]);
});

it('without the history the same windows are not judged', () => {
  const { outcome } = judgeWindows(windows.slice(9), monitor, against);
  expect(outcome).toEqual({ episodes: [], state: 'waiting', judgedUntilMs: null, lastValue: null });
});
