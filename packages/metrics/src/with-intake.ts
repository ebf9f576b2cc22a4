import type { Profile } from '@plumbline/contracts';
import type { TimeWindow } from './window.ts';

/** Rows received in one UTC hour; `start` is epoch ms. */
export interface ReceivedHour {
  start: number;
  accepted: number;
  rejected: number;
  /** Of these, those refused for the type of a feature. */
  mistyped: number;
}

/** The profile with what was received in the window's hours. */
export function withIntake(
  profile: Profile,
  hours: readonly ReceivedHour[],
  { startMs, endMs }: TimeWindow,
): Profile {
  const inside = hours.filter(({ start }) => start >= startMs && start < endMs);
  const total = (key: 'accepted' | 'rejected' | 'mistyped') =>
    inside.reduce((sum, hour) => sum + hour[key], 0);
  return {
    ...profile,
    intake: { accepted: total('accepted'), rejected: total('rejected'), mistyped: total('mistyped') },
  };
}
