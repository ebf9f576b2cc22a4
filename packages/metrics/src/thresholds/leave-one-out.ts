import type { Profile } from '@plumbline/contracts';
import { emptyProfile } from '../empty-profile.ts';
import { mergeProfiles } from '../merge-profiles.ts';
import { type MetricQuestion, scoreMetric } from '../score-metric.ts';

/**
 * Values of a metric on each part of the reference that has at least `minN` rows. A metric that compares is given the
 * reference without that part: with it, every part would look nearer than a new window can be.
 */
export function leaveOneOut(
  question: Omit<MetricQuestion, 'current' | 'reference'>,
  { chunks, minN }: { chunks: readonly Profile[]; minN: number },
): number[] {
  const { descriptor, columnKey } = question;
  const others = descriptor.needs_reference ? withoutEach(chunks.map((chunk) => only(chunk, columnKey))) : [];
  return chunks.flatMap((current, i) => {
    const reference = others[i] ?? null;
    const { status, value, n } = scoreMetric({ ...question, current, reference });
    return status === 'ok' && value !== null && n >= minN ? [value] : [];
  });
}

/** The profile of one column; of all for a metric of the model as a whole. */
function only(profile: Profile, columnKey: string | null): Profile {
  if (columnKey === null) return profile;
  const column = profile.columns[columnKey];
  return { ...profile, columns: column ? { [columnKey]: column } : {} };
}

/** For each profile, all others merged. */
function withoutEach(profiles: readonly Profile[]): Profile[] {
  const before: (Profile | null)[] = [];
  let left: Profile | null = null;
  for (const profile of profiles) {
    before.push(left);
    left = left ? mergeProfiles([left, profile]) : profile;
  }
  const merged: Profile[] = [];
  let right: Profile | null = null;
  for (let i = profiles.length - 1; i >= 0; i--) {
    const sides = [before[i] ?? null, right].filter((side) => side !== null);
    merged.unshift(sides.length > 0 ? mergeProfiles(sides) : nothing);
    const own = profiles[i];
    if (own) right = right ? mergeProfiles([own, right]) : own;
  }
  return merged;
}

const nothing = emptyProfile({ columns: [] });
