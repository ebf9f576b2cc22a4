import type { Score, ThresholdRule } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { findMetric } from '../registry.ts';
import { historyMs, windowLimits } from './window-limits.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const monday = Date.UTC(2001, 0, 1);
const volume = findMetric('volume');
const accuracy = findMetric('accuracy');
if (!volume || !accuracy) throw new Error('no such metric');

const score = (value: number | null, n = 1000): Score =>
  value === null
    ? { value, status: 'empty', n: 0, exactness: 'exact' }
    : { value, status: 'ok', n, exactness: 'exact' };
const windows = (values: (number | null)[], lengthMs = dayMs) =>
  values.map((value, i) => ({ startMs: monday + i * lengthMs, score: score(value) }));

const context = {
  info: volume,
  granularity: 'day',
  persistence: { breaches: 1, of: 1 },
  minN: null,
  column: null,
  features: 0,
  habit: null,
} as const;

const sigma: ThresholdRule = { kind: 'sigma', warning: 3, direction: 'outside', windows: 7 };

describe('windowLimits', () => {
  it('a window before another one is history, its own value and later ones are not', () => {
    const quiet = [100, 110, 90, 100, 110, 90, 100];
    const limitsAfter = (last: number[]) => windowLimits(windows([...quiet, ...last]), sigma, context)[7];
    expect(limitsAfter([100])?.warning).toEqual(limitsAfter([100, 5000])?.warning);
    expect(limitsAfter([100])?.warning?.upper).toBeGreaterThan(110);
  });

  it('looks back by time: windows that were not judged do not count, nor do those too long ago', () => {
    const status = (values: (number | null)[]) =>
      windowLimits(windows(values), sigma, context).at(-1)?.warning?.status;
    expect(status([1, 2, 3, 4, 5, 6, 7])).toBe('ok');
    expect(status([1, 2, 3, 4, 5, null, 7])).toBe('learning');
    expect(status([1, 2, 3, 4, 5, 6, null, null, null, 7])).toBe('learning');
    const few = windows([1, 2, 3, 4, 5, 6, 7]).map((of) => ({ ...of, score: { ...of.score, n: 5 } }));
    expect(windowLimits(few, sigma, { ...context, minN: 10 }).at(-1)?.warning?.status).toBe('learning');
  });

  it('an hour is compared with the same hour of the weeks before', () => {
    const ofHour = (hour: number) => (hour % 24 < 6 ? 10 : 1000) + (hour % 7);
    const hours = windows(
      Array.from({ length: 9 * 168 }, (_, hour) => ofHour(hour)),
      hourMs,
    );
    const rule: ThresholdRule = { kind: 'seasonal', warning: 4, direction: 'outside', weeks: 8 };
    const limits = windowLimits(hours, rule, { ...context, granularity: 'hour' });
    expect(limits[3 * 168]?.warning?.status).toBe('learning');
    const [night, noon] = [limits[8 * 168 + 3]?.warning, limits[8 * 168 + 12]?.warning];
    expect(night?.upper).toBeLessThan(100);
    expect(noon?.lower).toBeGreaterThan(800);
  });

  it('a relative threshold is one of the reference, or of the window before', () => {
    const rule = { kind: 'relative', warning: 0.1, critical: 0.5, direction: 'below' } as const;
    const values = windows([100, 50, null, 80]);
    const lower = (baseline: 'previous' | 'reference') =>
      windowLimits(values, { ...rule, baseline }, { ...context, habit: { usual: 200, chunks: [] } }).map(
        ({ warning, critical }) => [warning?.lower, critical?.lower],
      );
    expect(lower('reference')).toEqual(values.map(() => [180, 100]));
    expect(lower('previous')).toEqual([
      [null, null],
      [90, 50],
      [45, 25],
      [null, null],
    ]);
  });

  it('auto goes by what is worse for the metric and opens ends that no value can reach', () => {
    const habit = { usual: 0.9, chunks: [0.9, 0.91, 0.89, 0.9, 0.91, 0.89] };
    const limits = (rule: object, info = accuracy) =>
      windowLimits(windows([0.5]), { kind: 'auto', ...rule }, { ...context, info, habit })[0]?.warning;
    expect(limits({})?.lower).toBeLessThan(0.87);
    expect(limits({})?.upper).toBeNull();
    expect(limits({ warning: 0.2 })?.lower).toBeCloseTo(0.7, 9);
    expect(limits({ warning: 0.2, direction: 'outside' })).toMatchObject({ upper: null, status: 'ok' });
  });
});

it.each([
  [{ kind: 'constant', warning: 1, direction: 'above' }, 0],
  [{ kind: 'auto' }, 0],
  [{ kind: 'relative', warning: 1, direction: 'above', baseline: 'previous' }, dayMs],
  [{ kind: 'sigma', warning: 1, direction: 'above', windows: 30 }, 30 * dayMs],
  [{ kind: 'cusum', warning: 5, direction: 'above' }, 400 * dayMs],
  [{ kind: 'seasonal', warning: 1, direction: 'above', weeks: 8 }, 63 * dayMs],
] as const)('%j looks back %d ms', (rule, ms) => {
  expect(historyMs(rule, 'day')).toBe(ms);
});
