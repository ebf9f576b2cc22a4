import { type ClientOptions, createClient, type RejectedRow } from '@plumbline/client';
import { expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { waitUntil } from '../wait-until.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { asStored, fullActual, fullEvent, type Installation } from './installation.ts';

const row = (id: string) => ({
  prediction_id: id,
  prediction_timestamp: '2026-02-01T06:30:00Z',
  features: { distance: 100 },
  prediction_score: 0.25,
});

/** What the TypeScript client promises, against the running product. */
export function typescriptClientChecks(installation: () => Installation): void {
  async function start(model: string, options: Partial<ClientOptions> = {}) {
    await installation().makeModel(model);
    const rejected: RejectedRow[] = [];
    const { url, apiKey } = installation();
    const onRejected = (found: RejectedRow) => rejected.push(found);
    return { client: createClient({ url, apiKey, model, onRejected, ...options }), rejected };
  }

  test('stores what is logged as it was logged, the actual first', async () => {
    const { client } = await start('ts-values');
    client.logActual(fullActual);
    expect(await client.flush()).toBe(true);
    client.log({ ...fullEvent, prediction_timestamp: new Date(fullEvent.prediction_timestamp) });
    expect(await client.close()).toMatchObject({ logged: 2, accepted: 2, dropped: 0, errors: 0 });
    expect(await installation().event('ts-values', 'full-1')).toMatchObject(asStored);
  });

  test('sends every row once while the API is killed again and again', async () => {
    const { client } = await start('ts-killed', { maxBatchRows: 100 });
    let logged = 0;
    const producer = setInterval(() => {
      for (let i = 0; i < 10; i += 1) {
        client.log(row(`k-${logged}`));
        logged += 1;
      }
    }, 10);
    try {
      for (let kill = 0; kill < 2; kill += 1) await installation().killApi('ts-killed');
    } finally {
      clearInterval(producer);
    }
    expect(await client.flush(60_000)).toBe(true);
    const stats = await client.close();
    expect(stats).toMatchObject({ logged, accepted: logged, duplicates: 0, rejected: 0, dropped: 0 });
    expect(stats.retried).toBeGreaterThan(0);
    expect(await installation().status('ts-killed')).toMatchObject({ events: logged });
  });

  test('counts no row twice when the answers are cut after the commit', async () => {
    const fates = ['cut', 'truncate', 'pass'] as const;
    const proxy = await startCuttingProxy(installation().url, (n) => fates[n % 3] ?? 'pass');
    const { client } = await start('ts-cut', { url: proxy.url, maxBatchRows: 50 });
    for (let i = 0; i < 400; i += 1) client.log(row(`c-${i}`));
    const stats = await client.close();
    await proxy.stop();
    expect(stats).toMatchObject({ accepted: 400, duplicates: 0, dropped: 0, retried: 16 });
    expect(await installation().status('ts-cut')).toMatchObject({ events: 400 });
    expect(new Set(proxy.keys).size).toBe(8);
    expect(proxy.keys.length).toBe(24);
  });

  test('reports bad rows with code and pointer, and stores their neighbours', async () => {
    const { client, rejected } = await start('ts-bad');
    client.log(row('good-1'));
    client.log({ ...row('bad-score'), prediction_score: 1.5 });
    client.log({ ...row('bad-field'), ...{ colour: 'red' } });
    client.log({ ...row('bad-number'), features: { distance: Number.NEGATIVE_INFINITY } });
    client.log(row('good-2'));
    await client.flush();
    client.log({ ...row('good-1'), prediction_score: 0.9 });
    client.log(row('good-2'));
    expect(await client.close()).toMatchObject({ accepted: 2, duplicates: 1, rejected: 4, dropped: 0 });
    expect(rejected.map(({ prediction_id, code, pointer }) => [prediction_id, code, pointer])).toEqual([
      ['bad-number', 'number_out_of_range', '/features/distance'],
      ['bad-score', 'bad_probability', '/prediction_score'],
      ['bad-field', 'unknown_field', '/colour'],
      ['good-1', 'id_conflict', expect.any(String)],
    ]);
    expect(rejected[1]?.row).toMatchObject({ prediction_id: 'bad-score', prediction_score: 1.5 });
  });

  test('an unknown model and a wrong key lose the rows with a report, not with an exception', async () => {
    const { url, apiKey } = installation();
    for (const [wrong, status] of [
      [{ model: 'ts-nowhere', apiKey }, 404],
      [{ model: 'ts-values', apiKey: 'pl_wrong' }, 401],
    ] as const) {
      const errors: unknown[] = [];
      const client = createClient({ url, ...wrong, onError: (error) => errors.push(error) });
      client.log(row('p'));
      expect(await client.close()).toMatchObject({ dropped: 1, retried: 0 });
      expect(errors).toMatchObject([{ status, willRetry: false, rows: 1 }]);
    }
  });

  test('a server that cannot be reached never throws, and close keeps its deadline', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { client } = await start('ts-unreachable', { url, closeTimeoutMs: 500, maxQueueRows: 1000 });
    for (let i = 0; i < 1500; i += 1) client.log(row(`u-${i}`));
    await waitUntil('a retry', 10_000, () => client.stats().retried > 0);
    const startedAt = performance.now();
    expect(await client.close()).toMatchObject({ logged: 1500, dropped: 1500, queued: 0 });
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
}
