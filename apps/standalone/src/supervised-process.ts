import { type ChildProcess, spawn } from 'node:child_process';
import type { WriteStream } from 'node:fs';

export interface ProcessPlan {
  name: string;
  script: string;
  env: Record<string, string>;
  nodeFlags?: string[];
  log: WriteStream;
  /** Told about every unexpected end, before the restart. */
  onCrash: (name: string, how: string) => void;
  onMessage?: (message: unknown) => void;
}

export interface SupervisedProcess {
  pid(): number | undefined;
  /** SIGTERM, then SIGKILL after `graceMs`. Resolves when the process is gone. */
  stop(graceMs: number): Promise<void>;
}

const calmMs = 10_000;
const longestDelayMs = 5_000;

/** How long to wait before the next start: 0.1 s doubling to 5 s while the process keeps dying within 10 s. */
export function restartDelayMs(quickDeaths: number): number {
  return Math.min(longestDelayMs, 100 * 2 ** quickDeaths);
}

/**
 * Runs a Node script in its own process group, so that Ctrl-C reaches it only through `stop`, and starts it again
 * whenever it ends by itself. The child watches its IPC channel and leaves when this process dies.
 */
export function supervise(plan: ProcessPlan): SupervisedProcess {
  let child: ChildProcess | null = null;
  let stopping = false;
  let quickDeaths = 0;
  let timer: NodeJS.Timeout | undefined;

  const start = () => {
    const startedAt = Date.now();
    const running = spawn(process.execPath, [...(plan.nodeFlags ?? []), plan.script], {
      env: plan.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: process.platform !== 'win32',
    });
    child = running;
    running.stdout?.pipe(plan.log, { end: false });
    running.stderr?.pipe(plan.log, { end: false });
    if (plan.onMessage) running.on('message', plan.onMessage);
    running.once('error', (error) => plan.log.write(`${error.message}\n`));
    running.once('exit', (code, signal) => {
      child = null;
      if (stopping) return;
      quickDeaths = Date.now() - startedAt < calmMs ? quickDeaths + 1 : 0;
      plan.onCrash(plan.name, signal ? `was ended by ${signal}` : `ended with code ${code}`);
      timer = setTimeout(start, restartDelayMs(quickDeaths));
    });
  };
  start();

  return {
    pid: () => child?.pid,
    stop: (graceMs) =>
      new Promise((resolve) => {
        stopping = true;
        clearTimeout(timer);
        const running = child;
        if (!running || running.exitCode !== null || running.signalCode !== null) return resolve();
        const force = setTimeout(() => running.kill('SIGKILL'), graceMs);
        running.once('exit', () => {
          clearTimeout(force);
          resolve();
        });
        running.kill('SIGTERM');
      }),
  };
}
