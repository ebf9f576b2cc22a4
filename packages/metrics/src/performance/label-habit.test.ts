import { describe, expect, it } from 'vitest';
import { isProvisional, labelHabit } from './label-habit.ts';

const dayMs = 86_400_000;
/** Bin 8·k + 1 begins at 2^k seconds; a day is within 2^16 and 2^17. */
const aDay = 8 * 16 + 4;
const slots = (labelled: number[], delays: boolean) =>
  labelled.map((n, day) => ({
    start: day * dayMs,
    events: 200,
    labelled: n,
    delays: delays ? { bins: [1, aDay], counts: [n / 2, n / 2] } : null,
  }));
const window = (day: number, labelled: number) => ({
  startMs: day * dayMs,
  endMs: (day + 1) * dayMs,
  events: 200,
  labelled,
});

describe('the habit of labels', () => {
  it('is that of days which do not wait for labels', () => {
    const habit = labelHabit(slots([180, 178, 182, 180, 60, 0], true));
    expect(habit.coverage).toBeCloseTo(0.9, 12);
    expect(habit.youngFromMs).toBe(4 * dayMs);
    expect((habit.delayMs ?? 0) / dayMs).toBeCloseTo(1.04, 1);
  });

  it('says no delay where labels do not say when they came, or too few do', () => {
    expect(labelHabit(slots([180, 180], false)).delayMs).toBeNull();
    expect(labelHabit(slots([40, 40], true)).delayMs).toBeNull();
    expect(labelHabit([])).toEqual({ coverage: null, delayMs: null, youngFromMs: Number.POSITIVE_INFINITY });
  });
});

describe('a window short of labels', () => {
  const timed = labelHabit(slots([180, 178, 182, 180, 60, 0], true));
  const untimed = labelHabit(slots([180, 178, 182, 180, 60, 0], false));

  it.each([
    ['is provisional while labels come', window(4, 60), timed, 5.5, true],
    ['is no longer so once labels are past', window(4, 60), timed, 9, false],
    ['is a gap when it is old', window(1, 60), timed, 5.5, false],
    ['is not one of usual coverage', window(4, 170), timed, 5.5, false],
    ['goes by the newest days where labels have no time', window(4, 60), untimed, 9, true],
    ['and a gap before them is a gap', window(1, 60), untimed, 5.5, false],
  ])('%s', (_, of, habit, now, expected) => {
    expect(isProvisional(of, habit, now * dayMs)).toBe(expected);
  });
});
