import type { Profile } from '@plumbline/contracts';

/** `start` is epoch ms: that of a UTC hour, day or month. */
export interface ProfileRow {
  start: number;
  version: string;
  environment: string;
  profile: Profile;
}

/** How long the UTC time is that a stored profile covers. */
export type Grain = 'hour' | 'day' | 'month';
