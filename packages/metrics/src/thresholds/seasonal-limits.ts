import { quantileSorted } from '@plumbline/stats';
import { around, type Direction, type Limits, withoutLimits } from './limits.ts';

/** Fewest past weeks of a slot. */
const fewestWeeks = 4;

/** Median absolute deviation × this estimates the standard deviation of normal values. */
const madFactor = 1.4826;

/** What past weeks say: the median of each slot of the week and how far values lie from the median of their slot. */
export interface WeeklyHabit {
  slots: ReadonlyMap<number, { median: number; deviation: number; weeks: number }>;
  /** 1.4826 × the median distance of a value from the median of its slot. */
  deviation: number;
}

function medianOf(values: readonly number[]): number {
  return quantileSorted(Float64Array.from(values).sort(), 0.5) ?? 0;
}

/** The habit in past values by slot, the hour or the day of the week. */
export function weeklyHabit(past: readonly { slot: number; value: number }[]): WeeklyHabit {
  const bySlot = new Map<number, number[]>();
  for (const { slot, value } of past) bySlot.set(slot, [...(bySlot.get(slot) ?? []), value]);
  const slots = new Map<number, { median: number; deviation: number; weeks: number }>();
  const residuals: number[] = [];
  for (const [slot, values] of bySlot) {
    const median = medianOf(values);
    const distances = values.map((value) => Math.abs(value - median));
    residuals.push(...distances);
    slots.set(slot, { median, deviation: madFactor * medianOf(distances), weeks: values.length });
  }
  return { slots, deviation: madFactor * medianOf(residuals) };
}

/**
 * Median ± k deviations of the same hour or day of past weeks. The deviation is the greatest of the slot's own, that of
 * all slots, which a few values cannot make too small, and the standard error of the value itself; a median of w
 * values adds its own error, √(1 + π/2w). `learning` for a slot of fewer than four weeks.
 */
export function seasonalLimits(input: {
  habit: WeeklyHabit;
  slot: number;
  k: number;
  /** Standard error of the window's own value; null = not known. */
  standardError: number | null;
  direction: Direction;
}): Limits {
  const { habit, slot, k, standardError, direction } = input;
  const own = habit.slots.get(slot);
  if (!own || own.weeks < fewestWeeks) return withoutLimits('learning');
  const deviation = Math.max(own.deviation, habit.deviation, standardError ?? 0);
  return around(own.median, k * deviation * Math.sqrt(1 + Math.PI / (2 * own.weeks)), direction);
}
