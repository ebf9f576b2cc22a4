import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FailPointName } from '@plumbline/fail-point';
import { vi } from 'vitest';
import { secret, type TestInstallation } from '../test-installation.ts';

const mains = {
  worker: fileURLToPath(new URL('../main.ts', import.meta.url)),
  api: fileURLToPath(new URL('../../../api/src/main.ts', import.meta.url)),
};

export interface ArmedProcess {
  output(): string;
  isAlive(): boolean;
  /** The signal that ended it. */
  ended: Promise<NodeJS.Signals | null>;
}

/** Starts the real entry point of an app on an installation, to die at a fail point when one is given. */
export function startProcess(
  it: TestInstallation,
  app: keyof typeof mains,
  armed: { at?: FailPointName; pass?: number; environment?: Record<string, string> } = {},
): ArmedProcess {
  const conditions = ['--conditions=source', '--conditions=fail-points'];
  const child = spawn(process.execPath, [...conditions, '--import', 'tsx', mains[app]], {
    env: {
      PATH: '/usr/bin:/bin',
      DATABASE_URL: it.connectionString,
      DATA_DIR: it.dataDir,
      PLUMBLINE_SECRET: secret,
      PUBLIC_URL: 'http://plumbline.test',
      COLUMNAR_MEMORY_MB: '512',
      ...(armed.at ? { FAIL_POINT: armed.at, FAIL_POINT_PASS: String(armed.pass ?? 1) } : {}),
      ...armed.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_code, signal) => resolve(signal));
  });
  it.closers.push(() => {
    child.kill('SIGKILL');
    return ended;
  });
  return { output: () => output, isAlive: () => child.exitCode === null && child.signalCode === null, ended };
}

/** Waits until the process has said this; gives the match. */
export function said(process: ArmedProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return vi.waitFor(
    () => {
      const match = pattern.exec(process.output());
      if (!match) throw new Error(`nothing like ${pattern} in: ${process.output().slice(-2_000)}`);
      return match;
    },
    { timeout: 30_000, interval: 20 },
  );
}
