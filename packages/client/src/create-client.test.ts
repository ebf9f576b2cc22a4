import { afterEach, expect, test } from 'vitest';
import type { ClientOptions } from './client-options.ts';
import { createClient } from './create-client.ts';
import type { ClientError, RejectedRow } from './report.ts';
import { accept, answer, cut, startTestServer } from './test-server.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(
  script: Parameters<typeof startTestServer>[0] = [],
  options: Partial<ClientOptions> = {},
) {
  const server = await startTestServer(script);
  cleanups.push(() => server.stop());
  const errors: ClientError[] = [];
  const rejected: RejectedRow[] = [];
  const client = createClient({
    url: server.url,
    apiKey: 'pl_key',
    model: 'flights',
    onError: (error) => errors.push(error),
    onRejected: (row) => rejected.push(row),
    ...options,
  });
  cleanups.push(() => client.close());
  return { server, client, errors, rejected };
}

const row = (id: number | string) => ({ prediction_id: `p-${id}`, prediction_timestamp: 1_000_000_000 });
const ids = (rows: Record<string, unknown>[]) => rows.map(({ prediction_id }) => prediction_id);

test('rows go out in order, in batches of the size asked for, each under a key of its own', async () => {
  const { server, client } = await start([], { maxBatchRows: 3 });
  for (let i = 0; i < 8; i += 1) expect(client.log(row(i))).toBe(true);
  expect(await client.close()).toMatchObject({
    logged: 8,
    sent: 8,
    accepted: 8,
    queued: 0,
    retried: 0,
    errors: 0,
  });
  expect(server.requests.map(({ rows }) => ids(rows))).toEqual([
    ['p-0', 'p-1', 'p-2'],
    ['p-3', 'p-4', 'p-5'],
    ['p-6', 'p-7'],
  ]);
  expect(new Set(server.requests.map(({ key }) => key)).size).toBe(3);
  expect(server.requests[0]).toMatchObject({
    url: '/v1/models/flights/events',
    authorization: 'Bearer pl_key',
  });
});

test('a lonely row goes out when its interval is over, without a flush', async () => {
  const { server, client } = await start([], { flushIntervalMs: 50 });
  client.log(row(1));
  await expect.poll(() => server.requests.length).toBe(1);
});

test('what the caller changes after logging is not sent', async () => {
  const { server, client } = await start();
  const features = { distance: 1 };
  client.log({ ...row(1), features });
  features.distance = 2;
  await client.flush();
  expect(server.requests[0]?.rows[0]).toMatchObject({ features: { distance: 1 } });
});

test('actuals go to their own route', async () => {
  const { server, client } = await start();
  client.logActual({ prediction_id: 'p-1', actual_label: 'late' });
  expect(await client.flush()).toBe(true);
  expect(server.requests).toMatchObject([
    { url: '/v1/models/flights/actuals', rows: [{ prediction_id: 'p-1', actual_label: 'late' }] },
  ]);
});

test('a path in the URL stays in front of the routes', async () => {
  const server = await startTestServer();
  cleanups.push(() => server.stop());
  const client = createClient({ url: `${server.url}/base/`, apiKey: 'pl_key', model: 'flights' });
  client.log(row(1));
  await client.close();
  expect(server.requests[0]?.url).toBe('/base/v1/models/flights/events');
});

test.each([
  ['503', answer(503)],
  ['429', answer(429)],
  ['a cut connection', cut],
  ['a 409 because the first attempt still runs', answer(409, { type: '/problems/idempotency-in-progress' })],
])('%s is retried with the same key and the same rows, later rows wait their turn', async (_title, reply) => {
  const { server, client, errors } = await start([reply, reply], { maxBatchRows: 2 });
  for (let i = 0; i < 4; i += 1) client.log(row(i));
  expect(await client.close()).toMatchObject({ accepted: 4, sent: 4, retried: 2, dropped: 0, errors: 2 });
  const [first, second, third, fourth] = server.requests;
  expect([second?.key, third?.key]).toEqual([first?.key, first?.key]);
  expect(server.requests.map(({ rows }) => ids(rows)[0])).toEqual(['p-0', 'p-0', 'p-0', 'p-2']);
  expect(fourth?.key).not.toBe(first?.key);
  expect(errors).toMatchObject([
    { willRetry: true, rows: 2 },
    { willRetry: true, rows: 2 },
  ]);
});

test('Retry-After is waited for', async () => {
  const { server, client } = await start([answer(503, {}, { 'retry-after': '1' })]);
  client.log(row(1));
  await client.close();
  const [first, second] = server.requests;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

test('a request without an answer in time is retried', async () => {
  const { client, errors } = await start([() => undefined], { requestTimeoutMs: 100 });
  client.log(row(1));
  expect(await client.close()).toMatchObject({ accepted: 1, retried: 1 });
  expect(errors).toMatchObject([{ status: null, message: expect.stringContaining('100 ms') }]);
});

test.each([400, 401, 404, 413])('%i is not retried; its rows are dropped and reported', async (status) => {
  const { server, client, errors } = await start([answer(status)]);
  client.log(row(1));
  expect(await client.close()).toMatchObject({ dropped: 1, retried: 0, errors: 1, queued: 0 });
  expect(server.requests.length).toBe(1);
  expect(errors).toMatchObject([{ status, willRetry: false, rows: 1 }]);
});

test('a batch is given up after its time, the next one gets its own', async () => {
  const { client, errors } = await start([answer(503, {}, { 'retry-after': '60' })], {
    maxBatchRows: 1,
    giveUpAfterMs: 500,
  });
  client.log(row(1));
  client.log(row(2));
  expect(await client.close()).toMatchObject({ accepted: 1, dropped: 1 });
  expect(errors).toMatchObject([{ willRetry: false, status: 503 }]);
});

test('rows the server rejects come back with code, pointer into the row, and the row', async () => {
  const pointer = '/events/1/features/distance';
  const listed = {
    index: 1,
    prediction_id: 'p-2',
    code: 'type_mismatch',
    pointer,
    detail: 'expected a number',
  };
  const { client, rejected } = await start([
    answer(202, { batch_id: 'b', accepted: 1, duplicates: 0, rejected: [listed] }),
  ]);
  client.log(row(1));
  client.log(row(2));
  expect(await client.close()).toMatchObject({ accepted: 1, rejected: 1 });
  expect(rejected).toEqual([
    { ...listed, index: undefined, kind: 'events', pointer: '/features/distance', row: row(2) },
  ]);
});

test('a row that JSON cannot carry is rejected at once and hurts no other', async () => {
  const { client, rejected } = await start();
  expect(client.log({ ...row(1), prediction_score: 1 / 0 })).toBe(false);
  expect(client.log(undefined as never)).toBe(false);
  client.log(row(2));
  expect(await client.close()).toMatchObject({ logged: 3, accepted: 1, rejected: 2 });
  expect(rejected).toMatchObject([
    { prediction_id: 'p-1', code: 'number_out_of_range', pointer: '/prediction_score' },
    { prediction_id: null, code: 'type_mismatch', pointer: '' },
  ]);
});

test.each([
  ['rows', { maxQueueRows: 10 }],
  ['bytes', { maxQueueBytes: 600 }],
])('a queue full of %s drops further rows, counts each and reports once', async (_title, limits) => {
  const { client, errors } = await start([() => undefined], { ...limits, closeTimeoutMs: 50 });
  const taken = Array.from({ length: 100 }, (_, i) => client.log(row(i))).filter(Boolean).length;
  expect(taken).toBeGreaterThan(5);
  expect(taken).toBeLessThan(15);
  expect(client.stats()).toMatchObject({ logged: 100, queued: taken, dropped: 100 - taken, errors: 1 });
  expect(errors).toMatchObject([{ message: 'The queue is full; rows are dropped.' }]);
  expect(await client.close()).toMatchObject({ queued: 0, dropped: 100 });
});

test('callbacks that throw or reject stop nothing', async () => {
  const listed = { index: 0, prediction_id: 'p-1', code: 'bad_id', pointer: '/events/0', detail: '' };
  const { client } = await start(
    [answer(503), answer(422, { accepted: 0, duplicates: 0, rejected: [listed] }), accept],
    {
      onError: () => Promise.reject(new Error('async')),
      onRejected: () => {
        throw new Error('sync');
      },
    },
  );
  client.log(row(1));
  await client.flush();
  client.log(row(2));
  expect(await client.close()).toMatchObject({ accepted: 1, rejected: 1, errors: 1 });
});

test('flush says false when its time is over and goes on in the background', async () => {
  const { client } = await start([answer(503, {}, { 'retry-after': '1' })]);
  client.log(row(1));
  expect(await client.flush(100)).toBe(false);
  expect(client.stats()).toMatchObject({ queued: 1, dropped: 0 });
  expect(await client.flush()).toBe(true);
  expect(client.stats()).toMatchObject({ queued: 0, accepted: 1 });
});

test('close keeps its deadline against a server that never answers, drops the rest and takes no more', async () => {
  const never = () => undefined;
  const { client, errors } = await start([never, never], { closeTimeoutMs: 300, maxBatchRows: 2 });
  for (let i = 0; i < 5; i += 1) client.log(row(i));
  client.logActual({ prediction_id: 'p-1', actual_score: 1 });
  const startedAt = performance.now();
  const stats = await client.close();
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(stats).toMatchObject({ logged: 6, dropped: 6, queued: 0, sent: 3 });
  expect(errors.every(({ willRetry }) => !willRetry)).toBe(true);
  expect(client.log(row(9))).toBe(false);
  expect(client.stats()).toMatchObject({ logged: 7, dropped: 7 });
  expect(await client.close()).toBe(stats);
});
