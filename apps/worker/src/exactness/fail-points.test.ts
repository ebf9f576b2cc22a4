import type { StoredEvent } from '@plumbline/contracts';
import type { FailPointName } from '@plumbline/fail-point';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { event, openInstallation, putModel, store, type TestInstallation, t0 } from '../test-installation.ts';
import { dayMs, hourMs } from '../time.ts';
import { type ArmedProcess, said, startProcess } from './armed-process.ts';
import { cleanUp, filesOnDisk } from './files-on-disk.ts';
import { liveRows } from './live-rows.ts';

const deadline = { timeout: 30_000, interval: 50 };
const apiKey = 'fail-points-0123456789';

let it: TestInstallation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

const batchRows = 20;
const batchLabels = 7;

/** Twenty events somewhere in ten days. */
const eventsOf = (batch: number): StoredEvent[] =>
  Array.from({ length: batchRows }, (_, i) =>
    event(`b${batch}-${i}`, { prediction_ms: t0 + ((batch * batchRows + i) % 240) * hourMs }),
  );

/** Stores twenty events and labels for each third of them; gives the ids that were acknowledged. */
async function storeOne(modelId: string, batch: number): Promise<string[]> {
  const events = eventsOf(batch);
  await store(it, modelId, { events });
  const labelled = events.filter((_, i) => i % 3 === 0);
  const actuals = labelled.map((row) => ({ prediction_id: row.prediction_id, actual_label: 'late' }));
  await store(it, modelId, { actuals });
  return events.map((row) => row.prediction_id);
}

/** Stores a batch whenever the last one is mirrored, until the process died. */
async function storeUntilDeath(modelId: string, worker: ArmedProcess): Promise<string[]> {
  const acknowledged: string[] = [];
  const end = Date.now() + deadline.timeout;
  for (let batch = 0; worker.isAlive(); batch += 1) {
    if (Date.now() > end) throw new Error(`the fail point was not passed: ${worker.output().slice(-2_000)}`);
    acknowledged.push(...(await storeOne(modelId, batch)));
    await vi.waitFor(async () => {
      const { oldestPendingAt } = await it.db.events.status(modelId);
      expect(oldestPendingAt === null || !worker.isAlive()).toBe(true);
    }, deadline);
  }
  expect(await worker.ended).toBe('SIGKILL');
  return acknowledged;
}

async function settled(modelId: string): Promise<void> {
  await vi.waitFor(async () => {
    expect(await it.db.parts.modelsWithPending()).not.toContain(modelId);
    expect(await it.db.profiles.modelsWithStaleHours()).not.toContain(modelId);
  }, deadline);
}

async function counted(modelId: string, grain: 'hour' | 'day') {
  const binSet = await it.db.profiles.binSet(modelId);
  const rows = await it.db.profiles.read(modelId, binSet.id, grain, t0, t0 + 30 * dayMs);
  return {
    events: rows.reduce((sum, row) => sum + row.profile.events, 0),
    labelled: rows.reduce((sum, row) => sum + row.profile.performance.labelled, 0),
  };
}

/** Nothing acknowledged is missing, nothing is there twice, charts count the same, and no file stays without a part. */
async function checkWhole(modelId: string, ids: string[], labelled: number): Promise<void> {
  const live = async () => (await liveRows(it, modelId)).map((row) => row.id).sort();
  expect(await live()).toEqual(ids.toSorted());
  expect(await it.db.events.status(modelId)).toMatchObject({ events: ids.length, mirrored: ids.length });
  for (const grain of ['hour', 'day'] as const)
    expect(await counted(modelId, grain)).toEqual({ events: ids.length, labelled });
  await cleanUp(it, 0);
  await cleanUp(it, 2 * hourMs);
  const named = await it.db.parts.paths(modelId);
  expect(await filesOnDisk(it)).toEqual({ parts: named.toSorted(), exports: [] });
  expect(await live()).toEqual(ids.toSorted());
}

/** A worker without fail points takes over what is left. */
async function recover(modelId: string): Promise<void> {
  const worker = await it.startWorker();
  await settled(modelId);
  await worker.close();
}

const lateBatch = 10_000;

test.for([
  ['mirror:exported', 2],
  ['mirror:parts-written', 2],
  ['mirror:before-commit', 2],
  ['mirror:committed', 2],
  ['profiling:written', 2],
  ['compaction:merged', 1],
  ['compaction:replaced', 1],
] as const)(
  'a worker that dies at %s (pass %i) loses, doubles and leaves behind nothing',
  { timeout: 90_000 },
  async ([at, pass]) => {
    const model = await putModel(it);
    const worker = startProcess(it, 'worker', { at, pass });
    await said(worker, /worker ready/);
    const ids = await storeUntilDeath(model.id, worker);
    ids.push(...(await storeOne(model.id, lateBatch)));
    await recover(model.id);
    await checkWhole(model.id, ids, (ids.length / batchRows) * batchLabels);
  },
);

test('a worker that dies between deleting replaced files and forgetting them is followed by one that forgets', async () => {
  const model = await putModel(it);
  const ids: string[] = [];
  for (let batch = 0; batch < 3; batch += 1) {
    ids.push(...(await storeOne(model.id, batch)));
    await recover(model.id);
  }
  const client = new pg.Client({ connectionString: it.connectionString });
  await client.connect();
  const compacting = await it.startWorker();
  await vi.waitFor(async () => {
    const { rowCount } = await client.query(
      `UPDATE part SET replaced_at = now() - interval '2 hours' WHERE replaced_at IS NOT NULL`,
    );
    expect(rowCount).toBeGreaterThan(0);
  }, deadline);
  await compacting.close();
  await client.end();
  const worker = startProcess(it, 'worker', { at: 'compaction:files-removed' });
  expect(await worker.ended).toBe('SIGKILL');
  await recover(model.id);
  await checkWhole(model.id, ids, (ids.length / batchRows) * batchLabels);
}, 90_000);

test.for([['store:before-commit'], ['store:committed']] as const)(
  'an API that dies at %s keeps what it acknowledged, and a retry brings the rest in once',
  { timeout: 90_000 },
  async ([at]) => {
    const model = await putModel(it);
    const environment = { PORT: '0', PLUMBLINE_API_KEY: apiKey };
    const serve = async (armed: { at?: FailPointName; pass?: number }) => {
      const process = startProcess(it, 'api', { ...armed, environment });
      const [, url = ''] = await said(process, /"url":"(http:[^"]+)"/);
      return { process, url };
    };
    const post = async (url: string, batch: number) => {
      const events = eventsOf(batch).map(({ prediction_ms, ...row }) => ({
        ...row,
        prediction_timestamp: prediction_ms,
      }));
      const response = await fetch(`${url}/v1/models/${model.slug}/events`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          ...(batch % 2 === 0 ? { 'idempotency-key': `batch-${batch}` } : {}),
        },
        body: JSON.stringify({ events }),
      });
      expect(response.status).toBe(202);
      const body = (await response.json()) as { accepted: number; duplicates: number };
      return { ...body, isReplayed: response.headers.get('idempotent-replayed') === 'true' };
    };

    const first = await serve({ at, pass: 6 });
    const [acknowledged, unanswered]: number[][] = [[], []];
    let next = 0;
    const client = async () => {
      while (first.process.isAlive()) {
        next += 1;
        const batch = next;
        const answer = await post(first.url, batch).catch(() => null);
        if (answer) expect(answer.accepted).toBe(batchRows);
        (answer ? acknowledged : unanswered)?.push(batch);
      }
    };
    await Promise.all([client(), client(), client(), client()]);
    expect(await first.process.ended).toBe('SIGKILL');
    expect(unanswered?.length).toBeGreaterThan(0);

    const second = await serve({});
    const retried = await Promise.all((unanswered ?? []).map((batch) => post(second.url, batch)));
    for (const { accepted, duplicates } of retried) expect(accepted + duplicates).toBe(batchRows);
    const wasStored = retried.some(({ isReplayed, duplicates }) => isReplayed || duplicates > 0);
    if (at === 'store:committed') expect(wasStored).toBe(true);
    const ids = [...(acknowledged ?? []), ...(unanswered ?? [])].flatMap((batch) =>
      eventsOf(batch).map((row) => row.prediction_id),
    );
    await recover(model.id);
    await checkWhole(model.id, ids, 0);
  },
);
