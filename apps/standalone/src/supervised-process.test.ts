import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openLog } from './log-file.ts';
import { isAlive } from './process-alive.ts';
import { restartDelayMs, supervise } from './supervised-process.ts';

function plan(script: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'plumbline-child-'));
  const file = path.join(folder, 'child.mjs');
  writeFileSync(file, script);
  const crashes: string[] = [];
  return {
    folder,
    crashes,
    plan: {
      name: 'child',
      script: file,
      env: { FOLDER: folder },
      log: openLog(path.join(folder, 'log')),
      onCrash: (_: string, how: string) => void crashes.push(how),
    },
  };
}

const lives =
  "import { appendFileSync } from 'node:fs';\nappendFileSync(process.env.FOLDER + '/starts', process.pid + '\\n');\nprocess.on('SIGTERM', () => process.exit(0));\nsetInterval(() => {}, 1000);\n";
const starts = (folder: string) => {
  try {
    return readFileSync(path.join(folder, 'starts'), 'utf8').trim().split('\n').map(Number);
  } catch {
    return [];
  }
};

describe('supervise', () => {
  it('starts a killed process again and says how it ended', async () => {
    const { folder, crashes, plan: child } = plan(lives);
    const running = supervise(child);
    await vi.waitUntil(() => starts(folder).length === 1, { timeout: 5_000 });
    process.kill(starts(folder)[0] ?? 0, 'SIGKILL');
    await vi.waitUntil(() => starts(folder).length === 2, { timeout: 5_000 });
    expect(crashes).toEqual(['was ended by SIGKILL']);
    await running.stop(2_000);
  });

  it('does not start it again after stop', async () => {
    const { folder, crashes, plan: child } = plan(lives);
    const running = supervise(child);
    await vi.waitUntil(() => starts(folder).length === 1, { timeout: 5_000 });
    await running.stop(2_000);
    expect(starts(folder).every((pid) => !isAlive(pid))).toBe(true);
    expect(crashes).toEqual([]);
  });

  it('kills a process that does not heed SIGTERM within the grace', async () => {
    const { folder, plan: child } = plan(lives.replace('process.exit(0)', '{}'));
    const running = supervise(child);
    await vi.waitUntil(() => starts(folder).length === 1, { timeout: 5_000 });
    await running.stop(200);
    expect(starts(folder).every((pid) => !isAlive(pid))).toBe(true);
  });
});

describe('restartDelayMs', () => {
  it.each([
    [0, 100],
    [1, 200],
    [5, 3200],
    [6, 5000],
    [60, 5000],
  ])('after %i quick deaths waits %i ms', (deaths, delay) => {
    expect(restartDelayMs(deaths)).toBe(delay);
  });
});
