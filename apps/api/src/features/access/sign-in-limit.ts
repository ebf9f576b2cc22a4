/** Failed tries allowed in one window for one account from one address. */
const tries = 10;
const windowMs = 60_000;
const remembered = 10_000;

/** Slows guessing down: counts failures of a key in the last minute. */
export interface SignInLimit {
  /** Seconds to wait; 0 when another try is allowed. */
  waitSeconds(key: string, now: number): number;
  failed(key: string, now: number): void;
  succeeded(key: string): void;
}

export function createSignInLimit(): SignInLimit {
  const failures = new Map<string, number[]>();
  const recent = (key: string, now: number) => (failures.get(key) ?? []).filter((at) => at > now - windowMs);
  return {
    waitSeconds(key, now) {
      const at = recent(key, now);
      const oldest = at[at.length - tries];
      return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
    },
    failed(key, now) {
      const at = [...recent(key, now), now];
      failures.delete(key);
      failures.set(key, at);
      const oldest = failures.size > remembered ? failures.keys().next().value : undefined;
      if (oldest !== undefined) failures.delete(oldest);
    },
    succeeded(key) {
      failures.delete(key);
    },
  };
}
