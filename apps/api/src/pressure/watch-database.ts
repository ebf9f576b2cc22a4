import type { DatabaseProbe } from '@plumbline/db';

const tickMs = 100;
const pingEveryMs = 250;
/**
 * Silence is counted in turns of the event loop: while this process is busy with itself, turns are long and an answer
 * that waits to be read is not taken for silence.
 */
const silentTicks = 10;
/** A new connection takes half a dozen turns, and a busy server longer. */
const silentTicksOfNew = 25;
const hopelessMs = 1_300;

export interface DatabaseWatch {
  /** The last ping failed, or the present one has gone unanswered for about a second. */
  isFailing(): boolean;
  /** Failing for so long that requests that wait for the database should wait no more. */
  isHopeless(): boolean;
  /** Makes the next ping prove that new connections are still to be had. */
  suspect(): void;
  close(): void;
}

/** Asks the database four times a second whether it is there. */
export function watchDatabase(
  probe: Pick<DatabaseProbe, 'ping' | 'reset'>,
  { onTick }: { onTick: (watch: DatabaseWatch) => void },
): DatabaseWatch {
  let failing = false;
  let goodAt = performance.now();
  let startedAt = Number.NEGATIVE_INFINITY;
  let ticks: number | null = null;
  let isSuspect = false;
  let allowedTicks = silentTicks;

  async function ping(): Promise<void> {
    startedAt = performance.now();
    ticks = 0;
    allowedTicks = isSuspect ? silentTicksOfNew : silentTicks;
    if (isSuspect) probe.reset();
    isSuspect = false;
    try {
      await probe.ping();
      goodAt = startedAt;
      failing = false;
    } catch {
      failing = true;
    }
    ticks = null;
  }

  const timer = setInterval(() => {
    if (ticks === null) {
      if (performance.now() - startedAt >= pingEveryMs) void ping();
    } else {
      ticks += 1;
      if (ticks === allowedTicks) {
        failing = true;
        probe.reset();
      }
    }
    onTick(watch);
  }, tickMs);
  timer.unref();

  const watch: DatabaseWatch = {
    isFailing: () => failing,
    isHopeless: () => failing && performance.now() - goodAt > hopelessMs,
    suspect() {
      isSuspect = true;
    },
    close() {
      clearInterval(timer);
      probe.reset();
    },
  };
  return watch;
}
