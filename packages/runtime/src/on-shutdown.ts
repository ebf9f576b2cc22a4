/** One thing to stop, by name; steps run in the order given. */
export interface ShutdownStep {
  name: string;
  stop: () => Promise<void> | void;
}

export interface ShutdownOptions {
  signals?: NodeJS.Signals[];
  /** All steps together; then the process exits with 1. */
  timeoutMs?: number;
  exit: (code: number) => void;
  log?: (message: string, error?: unknown) => void;
}

/**
 * Stops in order at the first signal and exits 0, or 1 when a step fails or time runs out; a failing step does not keep
 * later ones from running. A second signal exits at once. A process that was started with an IPC channel also stops when
 * its parent is gone. Returns a function that starts the same by hand.
 */
export function onShutdown(
  steps: ShutdownStep[],
  options: ShutdownOptions,
): (reason: string) => Promise<void> {
  const { signals = ['SIGTERM', 'SIGINT'], timeoutMs = 10_000, exit, log = () => {} } = options;
  let running = false;

  const shutdown = async (reason: string) => {
    if (running) {
      log(`${reason} again: exiting at once`);
      exit(1);
      return;
    }
    running = true;
    log(`${reason}: shutting down`);
    const timer = setTimeout(() => {
      log(`shutdown took longer than ${timeoutMs} ms`);
      exit(1);
    }, timeoutMs);
    let code = 0;
    for (const step of steps) {
      try {
        await step.stop();
      } catch (error) {
        code = 1;
        log(`${step.name} did not stop cleanly`, error);
      }
    }
    clearTimeout(timer);
    exit(code);
  };

  for (const signal of signals) process.on(signal, () => void shutdown(signal));
  if (process.send) process.once('disconnect', () => void shutdown('the parent process is gone'));
  return shutdown;
}
