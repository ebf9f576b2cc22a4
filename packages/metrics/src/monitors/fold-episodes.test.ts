import type { Score } from '@plumbline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constantLimits } from '../thresholds/constant-limits.ts';
import { foldEpisodes, type MonitorPoint, type MonitorRule } from './fold-episodes.ts';

const score = (value: number, n = 1000): Score => ({ value, status: 'ok', n, exactness: 'exact' });
const noData: Score = { value: null, status: 'insufficient_data', n: 3, exactness: 'exact' };

const limits = {
  ...constantLimits({ kind: 'constant', warning: 1, critical: 2, direction: 'above' }),
  isChance: false,
};

/** One point a letter: `.` ok, `w` warning, `c` critical, `-` no value, `f` a breach of too few rows. */
function pointsOf(pattern: string): MonitorPoint[] {
  const scores: Record<string, Score> = {
    '.': score(0),
    w: score(1.5),
    c: score(2.5),
    '-': noData,
    f: score(2.5, 10),
  };
  return [...pattern].map((letter, i) => ({
    startMs: i,
    endMs: i + 1,
    score: scores[letter] ?? noData,
    limits,
  }));
}

function rule(breaches: number, of: number): MonitorRule {
  return {
    persistence: { breaches, of },
    minN: 100,
    measures: 'distance',
  };
}

/** `from-openedTo-to severity`, with `!` while unresolved. */
function sketch(pattern: string, breaches: number, of: number): string[] {
  return foldEpisodes(pointsOf(pattern), rule(breaches, of)).episodes.map(
    (e) => `${e.fromMs}-${e.openedToMs}-${e.toMs} ${e.severity}${e.resolved ? '' : '!'}`,
  );
}

describe('foldEpisodes', () => {
  it.each([
    ['nothing', '', 1, 1, []],
    ['normal windows', '....', 1, 1, []],
    ['opens at the first breach when 1 of 1', '.w', 1, 1, ['1-2-2 warning!']],
    ['one normal window ends it when of is 1', '.w.', 1, 1, ['1-2-2 warning']],
    ['a single breach is not 2 of 3', '.w..', 2, 3, []],
    ['2 of 3 with a normal window between', '.w.w', 2, 3, ['1-4-4 warning!']],
    ['breaches too far apart are not 2 of 3', 'w..w..w', 2, 3, []],
    ['one normal window does not end it', 'ww.w', 2, 3, ['0-2-4 warning!']],
    ['two normal windows in a row do', 'ww.w..', 2, 3, ['0-2-4 warning']],
    ['severity rises while open', 'wwc', 2, 3, ['0-2-3 critical!']],
    ['severity does not fall', 'cww', 2, 3, ['0-2-3 critical!']],
    ['windows without a value neither open', 'w--w', 2, 3, ['0-4-4 warning!']],
    ['… nor close', 'ww.-.', 2, 3, ['0-2-2 warning']],
    ['… nor count as normal', 'ww----', 2, 3, ['0-2-2 warning!']],
    ['too few rows are no value', 'ff.f', 1, 1, []],
    ['nothing is remembered after an end', 'ww..w', 2, 3, ['0-2-2 warning']],
    ['a second episode', 'w.c.', 1, 1, ['0-1-1 warning', '2-3-3 critical']],
  ])('%s', (_, pattern, breaches, of, expected) => {
    expect(sketch(pattern, breaches, of)).toEqual(expected);
  });

  it.each([
    ['', 'waiting', null, null],
    ['--', 'waiting', null, null],
    ['.-', 'ok', 1, 0],
    ['.w', 'ok', 2, 1.5],
    ['ww.', 'warning', 3, 0],
    ['wc-', 'critical', 2, 2.5],
  ])('reports state, newest judged window and its value after "%s"', (pattern, state, until, lastValue) => {
    const outcome = foldEpisodes(pointsOf(pattern), rule(2, 3));
    expect(outcome).toMatchObject({ state, judgedUntilMs: until, lastValue });
  });

  it('keeps the worst and the last breaching window', () => {
    const [episode] = foldEpisodes(pointsOf('wcw.'), rule(1, 3)).episodes;
    expect(episode?.worst.startMs).toBe(1);
    expect(episode?.toMs).toBe(3);
  });

  it('judges the p-value of metrics that measure one', () => {
    const points = [0.2, 0.01].map((pValue, i) => ({
      startMs: i,
      endMs: i + 1,
      score: { ...score(40), pValue },
      limits: {
        ...constantLimits({ kind: 'constant', warning: 0.05, direction: 'below' }),
        isChance: false,
      },
    }));
    const outcome = foldEpisodes(points, { ...rule(1, 1), measures: 'p_value' });
    expect(outcome.episodes.map(({ fromMs, worst }) => [fromMs, worst.judged])).toEqual([[1, 0.01]]);
  });

  it('does not judge without limits, takes chance for no breach, and the worst by the limits of its window', () => {
    const none = {
      warning: null,
      critical: { lower: null, upper: null, status: 'learning' as const },
      isChance: false,
    };
    const changed = (change: Partial<MonitorPoint>) =>
      pointsOf('cccc').map((point) => ({ ...point, ...change }));
    expect(foldEpisodes(changed({ limits: none }), rule(1, 1)).state).toBe('waiting');
    expect(foldEpisodes(changed({ limits: { ...limits, isChance: true } }), rule(1, 1)).state).toBe('ok');
    const wide = { lower: null, upper: 2, status: 'ok' } as const;
    const [first, second] = pointsOf('cw');
    if (!first || !second) throw new Error('no points');
    const points = [
      { ...first, limits: { ...limits, warning: wide } },
      { ...second, score: score(1.9) },
    ];
    expect(foldEpisodes(points, rule(1, 1)).episodes[0]?.worst.startMs).toBe(1);
  });

  it('gives ascending, disjoint episodes of which only the last can be unresolved', () => {
    const pattern = fc.string({ unit: fc.constantFrom('.', 'w', 'c', '-', 'f'), maxLength: 40 });
    fc.assert(
      fc.property(
        pattern,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 2 }),
        (text, m, extra) => {
          const { episodes, state } = foldEpisodes(pointsOf(text), rule(m, m + extra));
          for (const [i, episode] of episodes.entries()) {
            expect(episode.fromMs).toBeGreaterThanOrEqual(episodes[i - 1]?.toMs ?? 0);
            expect(episode.fromMs).toBeLessThan(episode.openedToMs);
            expect(episode.openedToMs).toBeLessThanOrEqual(episode.toMs);
            if (i < episodes.length - 1) expect(episode.resolved).toBe(true);
          }
          expect(state === 'warning' || state === 'critical').toBe(episodes.at(-1)?.resolved === false);
        },
      ),
    );
  });
});
