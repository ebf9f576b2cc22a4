import { describe, expect, it } from 'vitest';
import { labelledWindows, waitingWindows } from './waiting-windows.ts';

const dayMs = 86_400_000;
const of = (labelled: number[], events = 200) =>
  labelled.map((n, i) => ({
    startMs: i * dayMs,
    endMs: (i + 1) * dayMs,
    events: n < 0 ? 0 : events,
    labelled: Math.max(0, n),
  }));
const marks = (labelled: number[], events?: number) => {
  const windows = of(labelled, events);
  const waiting = waitingWindows(windows);
  return windows.map(({ startMs }) => (waiting.has(startMs) ? 'w' : '.')).join('');
};

describe('windows that wait for labels', () => {
  it.each([
    ['of full coverage', [200, 200, 200], '...'],
    ['that are young', [200, 199, 200, 198, 200, 90, 10], '.....ww'],
    ['with a gap between full ones', [200, 200, 20, 200, 200], '..w..'],
    ['of a model that labels every tenth event', [20, 22, 18, 21, 19, 13], '......'],
    ['without events between', [200, -1, 200, -1, 20], '....w'],
    ['of which the first is as good as any', [20, 200, 200], '...'],
    ['without labels', [0, 0, 0], '...'],
  ])('%s', (_, labelled, expected) => {
    expect(marks(labelled)).toBe(expected);
  });

  it('a lasting loss of labels is usual after fifteen windows', () => {
    const drawn = marks([...new Array(30).fill(200), ...new Array(30).fill(100), 100]);
    expect(drawn.slice(0, 30)).toBe('.'.repeat(30));
    expect(drawn.slice(30, 45)).toBe('w'.repeat(15));
    expect(drawn.slice(-10)).toBe('.'.repeat(10));
  });

  it('a few events are not called too few labels by chance', () => {
    expect(marks([8, 8, 8, 6, 8], 10)).toBe('.....');
  });
});

it('windows are made of slots of several versions', () => {
  const slot = (start: number, labelled: number) => ({ start, events: 10, labelled });
  const days = labelledWindows([slot(dayMs, 4), slot(0, 5), slot(dayMs + 3_600_000, 1)], 'day');
  expect(days).toEqual([
    { startMs: 0, endMs: dayMs, events: 10, labelled: 5 },
    { startMs: dayMs, endMs: 2 * dayMs, events: 20, labelled: 5 },
  ]);
});
