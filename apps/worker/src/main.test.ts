import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  event,
  openInstallation,
  putModel,
  secret,
  store,
  type TestInstallation,
  t0,
} from './test-installation.ts';
import { dayMs } from './time.ts';

const deadline = { timeout: 25_000, interval: 50 };
const main = fileURLToPath(new URL('main.ts', import.meta.url));
let it: TestInstallation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

interface Running {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

function run(environment: Record<string, string>): Running {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', main], {
    env: { PATH: '/usr/bin:/bin', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  it.closers.push(() => {
    child.kill('SIGKILL');
    return ended;
  });
  return { child, output: () => output, ended };
}

const usable = (): Record<string, string> => ({
  DATABASE_URL: it.connectionString,
  DATA_DIR: it.dataDir,
  PLUMBLINE_SECRET: secret,
  PUBLIC_URL: 'http://plumbline.test',
});

const ready = ({ output }: Running) => vi.waitFor(() => expect(output()).toContain('worker ready'), deadline);

async function profiledEvents(modelId: string) {
  const binSet = await it.db.profiles.binSet(modelId);
  const rows = await it.db.profiles.read(modelId, binSet.id, 'day', t0, t0 + 30 * dayMs);
  return rows.reduce((sum, row) => sum + row.profile.events, 0);
}

test('an unusable environment ends it with 78 and a list of the faults', async () => {
  const worker = run({ ...usable(), PLUMBLINE_SECRET: 'changeme', PUBLIC_URL: 'nowhere' });
  expect(await worker.ended).toBe(78);
  expect(worker.output()).toContain('PLUMBLINE_SECRET');
  expect(worker.output()).toContain('PUBLIC_URL');
  expect(worker.output()).not.toContain('changeme');
});

test('SIGTERM ends it with 0', async () => {
  const worker = run(usable());
  await ready(worker);
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
});

test('SIGTERM ends it also while it waits for its database', async () => {
  const worker = run({ ...usable(), DATABASE_URL: 'postgres://plumbline:plumbline@127.0.0.1:1/plumbline' });
  await vi.waitFor(() => expect(worker.output()).toContain('database is not ready'), deadline);
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
});

test('killed again and again while events come, it loses and doubles none', async () => {
  const model = await putModel(it);
  let stored = 0;
  for (let round = 0; round < 3; round += 1) {
    const worker = run(usable());
    await ready(worker);
    for (let batch = 0; batch < 10; batch += 1) {
      const events = Array.from({ length: 20 }, (_, i) =>
        event(`e-${stored + i}`, { prediction_ms: t0 + ((stored + i) % 480) * 3_600_000 }),
      );
      await store(it, model.id, { events });
      stored += events.length;
    }
    worker.child.kill('SIGKILL');
    await worker.ended;
  }
  await it.startWorker();
  await vi.waitFor(async () => expect(await profiledEvents(model.id)).toBe(stored), deadline);
  const live = await it.db.parts.live(model.id);
  expect(await it.columnar.count({ ...model, tags: [] }, live, {})).toBe(stored);
  expect((await it.db.events.status(model.id)).mirrored).toBe(stored);
}, 60_000);
