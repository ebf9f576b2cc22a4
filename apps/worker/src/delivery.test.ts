import type { NotificationType } from '@plumbline/contracts';
import { createGuardedClient } from '@plumbline/outbound';
import { createLogger } from '@plumbline/runtime';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deliver } from './features/delivery/deliver.ts';
import {
  openInstallation,
  putChannel,
  type Received,
  secret,
  startReceiver,
  type TestInstallation,
  webhookSecret,
} from './test-installation.ts';

const deadline = { timeout: 20_000, interval: 50 };
const type: NotificationType = 'test';
const body = JSON.stringify({ type, timestamp: '2026-01-01T00:00:00.000Z', data: { note: 'Grüße' } });
let it: TestInstallation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

/** Makes attempts by hand, each when the one before says it is due. */
async function attempts(deliveryId: string, count: number, allowPrivate = true) {
  const outbound = createGuardedClient({ allowPrivate, timeoutMs: 2_000 });
  const logger = createLogger({ name: 'worker', level: 'silent' });
  for (let i = 0; i < count; i += 1) {
    const found = await it.db.deliveries.get(deliveryId);
    const due = found?.delivery.nextAttemptAt ?? new Date();
    await deliver({ db: it.db, outbound, secret, now: () => due, random: () => 0.5, logger }, deliveryId);
  }
  await outbound.close();
  const found = await it.db.deliveries.get(deliveryId);
  if (!found) throw new Error('the delivery is gone');
  return found;
}

async function deliverTo(url: string, count: number, allowPrivate = true) {
  const channel = await putChannel(it, url);
  const { id } = await it.db.deliveries.create({ channelId: channel.id, type, body });
  return attempts(id, count, allowPrivate);
}

const idOf = ({ headers }: Received) => headers['webhook-id'];

test('a worker delivers a signed body soon after it is stored, also without a job', async () => {
  const receiver = await startReceiver(it, [204]);
  const channel = await putChannel(it, receiver.url);
  await it.startWorker();
  const { id, webhookId } = await it.db.deliveries.create({ channelId: channel.id, type, body });
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), deadline);
  const [received] = receiver.received;
  expect(received?.headers['webhook-id']).toBe(webhookId);
  expect(received?.headers['content-type']).toBe('application/json');
  const headers = received?.headers as Record<string, string>;
  expect(new Webhook(webhookSecret).verify(received?.body ?? '', headers)).toEqual(JSON.parse(body));
  const other = new Webhook(`whsec_${Buffer.from('another secret').toString('base64')}`);
  expect(() => other.verify(received?.body ?? '', headers)).toThrow();
  await vi.waitFor(
    async () => expect((await it.db.deliveries.get(id))?.delivery.status).toBe('delivered'),
    deadline,
  );
});

test('500 twice, then 200: three attempts with one webhook id and one body', async () => {
  const receiver = await startReceiver(it, [500, 500, 200]);
  const { delivery } = await deliverTo(receiver.url, 3);
  expect(delivery).toMatchObject({ status: 'delivered', attemptCount: 3, nextAttemptAt: null });
  expect(delivery.attempts.map((attempt) => attempt.responseStatus)).toEqual([500, 500, 200]);
  expect(new Set(receiver.received.map(idOf))).toEqual(new Set([delivery.webhookId]));
  expect(new Set(receiver.received.map((received) => received.body))).toEqual(new Set([body]));
});

test('a worker repeats a failed attempt after five seconds', async () => {
  const receiver = await startReceiver(it, [503, 200]);
  const channel = await putChannel(it, receiver.url);
  await it.startWorker();
  const { id } = await it.db.deliveries.create({ channelId: channel.id, type, body });
  await vi.waitFor(
    async () => expect((await it.db.deliveries.get(id))?.delivery.status).toBe('delivered'),
    deadline,
  );
  expect(receiver.received).toHaveLength(2);
});

test('a delivery that is not due, done or gone is left alone', async () => {
  const receiver = await startReceiver(it, [500]);
  const { delivery } = await deliverTo(receiver.url, 1);
  const outbound = createGuardedClient({ allowPrivate: true });
  const logger = createLogger({ name: 'worker', level: 'silent' });
  const context = { db: it.db, outbound, secret, now: () => new Date(), random: () => 0.5, logger };
  await deliver(context, delivery.id);
  await deliver(context, '00000000-0000-4000-8000-000000000000');
  await outbound.close();
  expect(receiver.received).toHaveLength(1);
});

test('410 disables the channel; what is still pending for it fails', async () => {
  const receiver = await startReceiver(it, [410]);
  const { delivery, channel } = await deliverTo(receiver.url, 1);
  expect([delivery.status, channel.enabled]).toEqual(['failed', false]);
  const next = await it.db.deliveries.create({ channelId: channel.id, type, body });
  expect((await attempts(next.id, 1)).delivery).toMatchObject({ status: 'failed', attemptCount: 1 });
  expect(receiver.received).toHaveLength(1);
});

test('a redirect is a failed attempt and is not followed', async () => {
  const inside = await startReceiver(it, [200]);
  const receiver = await startReceiver(it, [302], { location: inside.url });
  const { delivery } = await deliverTo(receiver.url, 1);
  expect(delivery.status).toBe('pending');
  expect(delivery.attempts[0]).toMatchObject({ responseStatus: 302, error: 'redirects are not followed' });
  expect(inside.received).toEqual([]);
});

test('Retry-After postpones the next attempt', async () => {
  const receiver = await startReceiver(it, [429], { 'retry-after': '120' });
  const { delivery } = await deliverTo(receiver.url, 1);
  const [attempt] = delivery.attempts;
  expect(Number(delivery.nextAttemptAt) - Number(attempt?.at)).toBe(120_000);
});

test('a private target is refused where they are not allowed', async () => {
  const receiver = await startReceiver(it, [200]);
  const { delivery } = await deliverTo(receiver.url, 1, false);
  expect(delivery.attempts).toMatchObject([{ responseStatus: null, error: 'blocked-destination' }]);
  expect(receiver.received).toEqual([]);
});

test('after eight failed attempts a delivery is failed; redelivering keeps webhook id and body', async () => {
  const receiver = await startReceiver(it, [500, 500, 500, 500, 500, 500, 500, 500, 200]);
  const { delivery } = await deliverTo(receiver.url, 9);
  expect(delivery).toMatchObject({ status: 'failed', attemptCount: 8 });
  await it.db.deliveries.redeliver(it.project.id, delivery.id);
  expect((await attempts(delivery.id, 1)).delivery.status).toBe('delivered');
  expect(new Set(receiver.received.map(idOf))).toEqual(new Set([delivery.webhookId]));
});
