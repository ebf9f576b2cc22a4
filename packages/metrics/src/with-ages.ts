import type { WindowProfile } from './score-windows.ts';

/**
 * Window profiles with the age of the newest event at the end of the window, or at `nowMs` when that is earlier.
 * `windows` ascend; one without events looks back to those before it, and has no age when none of them has events.
 */
export function withAges(windows: readonly WindowProfile[], nowMs: number): WindowProfile[] {
  let newest = Number.NEGATIVE_INFINITY;
  return windows.map((window) => {
    const { endMs, profile } = window;
    newest = Math.max(newest, profile.newestMs ?? newest);
    if (newest === Number.NEGATIVE_INFINITY) return window;
    return { ...window, profile: { ...profile, ageMs: Math.max(0, Math.min(endMs, nowMs) - newest) } };
  });
}
