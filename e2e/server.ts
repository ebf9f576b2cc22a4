import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childEnvironment } from './env.ts';
import { freePort } from './free-port.ts';
import { type ProcessEntry, processTree, stillAlive } from './process-tree.ts';
import { waitUntil } from './wait-until.ts';

const require = createRequire(import.meta.url);
const launcher = path.resolve(path.dirname(require.resolve('@plumbline/standalone')), '../dist/main.js');
const startDeadlineMs = 60_000;
const stopDeadlineMs = 20_000;

/** One run of the launcher, ready or not. */
export interface Launch {
  /** All it has printed to both streams. */
  output(): string;
  /** What it has printed to stderr. */
  errors(): string;
  /** The launcher and all processes below it. */
  processes(): ProcessEntry[];
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Ctrl-C: SIGINT to the launcher's process group. */
  interrupt(): void;
  /** Closes this end of both streams, as a terminal that goes away does. */
  stopReading(): void;
  /** Ends whatever is left of it, for the end of a failed test. */
  kill(): Promise<void>;
}

export interface RunningServer extends Launch {
  url: string;
  apiKey: string;
  dataDirectory: string;
  /** Ctrl-C; resolves with the processes that are left, which should be none. Removes the data unless it is kept. */
  stop(options?: { keepData: boolean }): Promise<ProcessEntry[]>;
}

/** A fresh folder that the account of an embedded database may enter, too. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'plumbline-e2e-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Runs the built product with nothing but these settings in its environment, as a terminal would. */
export function launch(settings: Record<string, string>): Launch {
  if (!existsSync(launcher)) throw new Error(`${launcher} is missing; \`npm test\` builds it first.`);
  const child = spawn(process.execPath, [launcher], {
    env: childEnvironment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    errors += text;
  });
  const pid = child.pid ?? 0;
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    output: () => output,
    errors: () => errors,
    processes: () => processTree(pid),
    exited,
    interrupt: () => {
      if (isRunning()) process.kill(-pid, 'SIGINT');
    },
    stopReading() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    async kill() {
      const left = processTree(pid);
      for (const entry of left) if (stillAlive([entry]).length > 0) process.kill(entry.pid, 'SIGKILL');
      if (isRunning()) await exited;
    },
  };
}

/**
 * Starts the built product as users do and waits until it says that it is ready and `/readyz` agrees.
 * @throws Error with its output when it ends early or is not ready in time.
 */
export async function startServer(settings: Record<string, string> = {}): Promise<RunningServer> {
  const folder = settings.DATA_DIR ? undefined : makeFolder();
  const dataDirectory = settings.DATA_DIR ?? path.join(folder ?? '', 'data');
  const apiKey = settings.PLUMBLINE_API_KEY ?? 'e2e-key-0123456789abcdef';
  const port = settings.PORT ?? String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const run = launch({
    WEBHOOK_ALLOW_PRIVATE: 'true',
    PLUMBLINE_API_KEY: apiKey,
    ...settings,
    PORT: port,
    DATA_DIR: dataDirectory,
  });
  let hasEnded = false;
  void run.exited.then(() => {
    hasEnded = true;
  });
  try {
    await waitUntil('the product to be ready', startDeadlineMs, async () => {
      if (hasEnded) return true;
      return run.output().includes('Stop with Ctrl-C.') && (await fetch(`${url}/readyz`)).ok;
    });
    if (hasEnded) throw new Error('The product ended before it was ready.');
  } catch (error) {
    await run.kill();
    throw new Error(`${String(error)}\n${run.output()}`, { cause: error });
  }
  return {
    ...run,
    url,
    apiKey,
    dataDirectory,
    async stop(options) {
      const before = run.processes();
      run.interrupt();
      await waitUntil('the launcher to end', stopDeadlineMs, () => hasEnded).catch(() => undefined);
      const left = stillAlive(before);
      for (const { pid } of left) process.kill(pid, 'SIGKILL');
      if (folder && !options?.keepData) rmSync(folder, { recursive: true, force: true });
      return left;
    },
  };
}
