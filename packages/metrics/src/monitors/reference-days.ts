import type { Profile } from '@plumbline/contracts';
import { mergeProfiles } from '../merge-profiles.ts';
import { type MetricQuestion, scoreMetric } from '../score-metric.ts';

/** One UTC day of the reference itself. */
export interface ReferenceDay {
  startMs: number;
  profile: Profile;
}

const dayMs = 86_400_000;
const fewestDays = 6;

/** Values that a metric takes on the days of the reference that have at least `minN` rows. */
export function referenceValues(
  question: Omit<MetricQuestion, 'current'>,
  { days, minN }: { days: readonly ReferenceDay[]; minN: number },
): number[] {
  return days.flatMap(({ profile }) => {
    const { status, value, n } = scoreMetric({ ...question, current: profile });
    return status === 'ok' && value !== null && n >= minN ? [value] : [];
  });
}

/**
 * How far values of days like these lie from their mean at most, by chance and by the habits of the data: three
 * standard deviations of a further value, s·√(1 + 1/K). Null for fewer than six days.
 */
export function naturalSpread(values: readonly number[]): { mean: number; reach: number } | null {
  const k = values.length;
  if (k < fewestDays) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / k;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (k - 1);
  return { mean, reach: 3 * Math.sqrt(variance * (1 + 1 / k)) };
}

/** Days from SlottedProfile-like rows of several versions and environments: those of one day are merged. */
export function referenceDays(rows: readonly { start: number; profile: Profile }[]): ReferenceDay[] {
  const days = new Map<number, Profile[]>();
  for (const { start, profile } of rows) {
    const day = Math.floor(start / dayMs) * dayMs;
    days.set(day, [...(days.get(day) ?? []), profile]);
  }
  return [...days].map(([startMs, profiles]) => ({ startMs, profile: mergeProfiles(profiles) }));
}
