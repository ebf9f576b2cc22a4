import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ImportLeaseLostError } from '@plumbline/db';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventsWithFaults, openImports, type TestImports, toCsv, toNdjson } from './test-imports.ts';
import { secret } from './test-installation.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const takeOverMs = 20_000;

let it: TestImports;
beforeEach(async () => {
  it = await openImports();
});
afterEach(() => it.close());

/** A worker in a process of its own. */
async function spawnWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', main], {
    env: {
      PATH: '/usr/bin:/bin',
      DATABASE_URL: it.connectionString,
      DATA_DIR: it.dataDir,
      PLUMBLINE_SECRET: secret,
      PUBLIC_URL: 'http://plumbline.test',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  it.closers.push(() => {
    child.kill('SIGKILL');
    return ended;
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await vi.waitFor(() => expect(output).toContain('worker ready'), { timeout: 20_000, interval: 50 });
  return child;
}

/** Fifty thousand rows: one refused, 98 repeated, one that contradicts an earlier one. */
const rows = eventsWithFaults(50_000, 100);
const whole = { rows_done: 50_000, accepted: 49_900, duplicates: 98, rejected: 2 };

test('killed twice in the middle, an import is taken over within 20 s and counts every row once', async () => {
  const slug = await it.putModel();
  const first = await spawnWorker();
  const id = await it.upload(slug, 'application/x-ndjson', toNdjson(rows));
  let killed = first;
  for (const least of [4000, 16_000]) {
    await it.progressed(slug, id, least);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const at = Date.now();
    const { rows_done: before } = await it.find(slug, id);
    expect(before).toBeLessThan(rows.length);
    killed = await spawnWorker();
    await it.progressed(slug, id, before + 1);
    expect(Date.now() - at).toBeLessThan(takeOverMs);
  }
  expect(await it.ended(slug, id)).toMatchObject({ status: 'done', problem: null, ...whole });
  expect(await it.counts(slug)).toEqual({ events: 49_900, actuals: 49_900 });
  killed.kill('SIGKILL');
}, 90_000);

test('a worker that is stopped hands its import on at once', async () => {
  const slug = await it.putModel();
  let worker = await it.startWorker();
  const id = await it.upload(slug, 'text/csv', toCsv(rows));
  for (const least of [2000, 10_000, 20_000]) {
    await it.progressed(slug, id, least);
    await worker.close();
    worker = await it.startWorker();
  }
  expect(await it.ended(slug, id)).toMatchObject({ status: 'done', ...whole });
  expect(await it.counts(slug)).toEqual({ events: 49_900, actuals: 49_900 });
}, 60_000);

test('two workers never have one import, and who lost it stores nothing more', async () => {
  const slug = await it.putModel();
  const id = await it.upload(slug, 'application/x-ndjson', toNdjson(rows.slice(0, 10)));
  const project = await it.db.access.firstProject();
  const modelId = (await it.db.models.find(project?.id ?? '', slug))?.id ?? '';
  const claims = await Promise.all(Array.from({ length: 8 }, () => it.db.imports.claim(modelId, id, 300)));
  const [won, ...others] = claims.filter((claim) => claim !== null);
  expect(others).toEqual([]);
  if (!won) throw new Error('nobody took the import');
  const taken = await vi.waitFor(async () => {
    const claim = await it.db.imports.claim(modelId, id, 60_000);
    if (!claim) throw new Error('it is still held');
    return claim;
  });
  const batch = {
    modelId,
    batchId: randomUUID(),
    kind: 'events' as const,
    events: [],
    actuals: [{ prediction_id: 'p1', actual_label: 'late' }],
    quarantine: [],
    answer: () => ({ status: 202, body: { batch_id: id, accepted: 1, duplicates: 0, rejected: [] } }),
  };
  const progress = { rows: 1, bytesDone: 1, leaseMs: 60_000 };
  const late = it.db.imports.storeRows(won.lease, batch, progress);
  await expect(late).rejects.toThrow(ImportLeaseLostError);
  expect(await it.counts(slug)).toEqual({ events: 0, actuals: 0 });
  const { cancelRequested } = await it.db.imports.storeRows(taken.lease, batch, progress);
  expect(cancelRequested).toBe(false);
  expect(await it.find(slug, id)).toMatchObject({ status: 'running', rows_done: 1, accepted: 1 });
});

test('an import of a model that is deleted goes with it', async () => {
  const slug = await it.putModel();
  await it.startWorker();
  const id = await it.upload(slug, 'application/x-ndjson', toNdjson(rows));
  await it.progressed(slug, id, 2000);
  expect((await it.call('DELETE', `/models/${slug}`)).status).toBe(204);
  await it.call('PUT', `/models/${slug}`, '{"task":"regression"}', { 'content-type': 'application/json' });
  expect((await it.call('GET', `/models/${slug}/imports/${id}`)).status).toBe(404);
});

test('a reference is replaced as a whole at the end, as an upload in one request does, or not at all', async () => {
  const [posted, imported] = [await it.putModel(), await it.putModel()];
  const sample = rows.slice(0, 6000);
  const before = sample.slice(0, 500);
  const { body: answer } = await it.post(posted, 'reference', { events: sample });
  await it.post(imported, 'reference', { events: before });
  const drift = async (slug: string) => (await it.call('GET', `/models/${slug}/drift`)).body.columns;
  const active = async (slug: string) => {
    const project = await it.db.access.firstProject();
    const modelId = (await it.db.models.find(project?.id ?? '', slug))?.id ?? '';
    return (await it.db.profiles.binSet(modelId)).reference;
  };
  const old = await active(imported);
  const query = { kind: 'reference' };

  const cancelledId = await it.upload(imported, 'text/csv', toCsv(rows), query);
  const worker = await it.startWorker();
  await it.progressed(imported, cancelledId, 2000);
  await it.call('POST', `/models/${imported}/imports/${cancelledId}/cancel`);
  expect((await it.ended(imported, cancelledId)).status).toBe('cancelled');
  expect(await active(imported)).toEqual(old);

  const brokenId = await it.upload(imported, 'text/csv', `${toCsv(sample)}"`, query);
  expect((await it.ended(imported, brokenId)).status).toBe('failed');
  expect(await active(imported)).toEqual(old);

  const interruptedId = await it.upload(imported, 'text/csv', toCsv(rows), query);
  await it.progressed(imported, interruptedId, 2000);
  await worker.close();
  expect(await active(imported)).toEqual(old);
  await it.call('POST', `/models/${imported}/imports/${interruptedId}/cancel`);
  const id = await it.upload(imported, 'text/csv', toCsv(sample), query);
  await it.startWorker();
  expect(await it.ended(imported, interruptedId)).toMatchObject({ status: 'cancelled' });
  expect(await it.ended(imported, id)).toMatchObject({
    status: 'done',
    rows_done: 6000,
    accepted: answer.accepted,
    duplicates: answer.duplicates,
    rejected: answer.rejected.length,
  });
  expect(await active(imported)).toMatchObject({ id, source: 'upload', rows: answer.accepted });
  expect(await drift(imported)).toEqual(await drift(posted));
}, 60_000);
