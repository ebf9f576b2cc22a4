import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestModel, type TestModel } from './test-model.ts';

let it: TestModel;
beforeAll(async () => {
  it = await openTestModel();
});
afterAll(() => it.close());

const newChannel = () =>
  it.db.channels.create({
    projectId: it.projectId,
    kind: 'webhook',
    name: 'hook',
    url: 'https://example.com/hook',
    sealedSecret: 'sealed',
    enabled: true,
  });

test('channels are changed and removed inside their project only', async () => {
  const channel = await newChannel();
  const other = await it.db.access.createProject('other');
  for (const [projectId, id] of [
    [other.id, channel.id],
    [it.projectId, 'nope'],
  ] as const) {
    expect(await it.db.channels.find(projectId, id)).toBeNull();
    expect(await it.db.channels.update(projectId, id, { name: 'x' })).toBeNull();
    expect(await it.db.channels.remove(projectId, id)).toBe(false);
  }
  const changed = await it.db.channels.update(it.projectId, channel.id, {
    enabled: false,
    url: 'https://b.example',
  });
  expect(changed).toEqual({ ...channel, enabled: false, url: 'https://b.example' });
  expect(await it.db.channels.find(it.projectId, channel.id)).toEqual(changed);
  expect(await it.db.channels.list(it.projectId)).toEqual([changed]);
  expect(await it.db.channels.remove(it.projectId, channel.id)).toBe(true);
  expect(await it.db.channels.list(it.projectId)).toEqual([]);
});

test('a delivery is due until an attempt settles it, and keeps its id and body when sent again', async () => {
  const channel = await newChannel();
  const { deliveries } = it.db;
  const made = await deliveries.create({ channelId: channel.id, type: 'test', body: '{"a": 1}' });
  expect(made).toMatchObject({ status: 'pending', attemptCount: 0, attempts: [], incidentId: null });
  const now = new Date();
  expect(await deliveries.due(now, 10)).toEqual([made.id]);
  const later = new Date(now.getTime() + 5_000);
  const failed = { at: now, responseStatus: 503, latencyMs: 12, error: null };
  await deliveries.attempted(made.id, failed, { status: 'pending', nextAttemptAt: later });
  expect(await deliveries.due(now, 10)).toEqual([]);
  expect(await deliveries.due(later, 10)).toEqual([made.id]);
  const delivered = { at: later, responseStatus: 204, latencyMs: 9, error: null };
  await deliveries.attempted(made.id, delivered, { status: 'delivered', nextAttemptAt: null });
  expect(await deliveries.due(later, 10)).toEqual([]);
  const settled = await deliveries.get(made.id);
  expect(settled?.channel).toEqual(channel);
  expect(settled?.delivery).toMatchObject({ attemptCount: 2, attempts: [failed, delivered] });

  const other = await it.db.access.createProject('other');
  expect(await deliveries.redeliver(other.id, made.id)).toBeNull();
  expect(await deliveries.redeliver(it.projectId, 'nope')).toBeNull();
  expect(await deliveries.redeliver(it.projectId, made.id)).toMatchObject({
    status: 'pending',
    webhookId: made.webhookId,
    body: made.body,
    attemptCount: 0,
    attempts: [failed, delivered],
  });
  expect(await deliveries.due(new Date(), 10)).toEqual([made.id]);
  expect(await deliveries.get('nope')).toBeNull();
});

test('pages of deliveries hold each one once, newest first', async () => {
  const channel = await newChannel();
  await Promise.all(
    Array.from({ length: 9 }, () =>
      it.db.deliveries.create({ channelId: channel.id, type: 'test', body: '{}' }),
    ),
  );
  const all = await it.db.deliveries.list(channel.id, { limit: 100 });
  const seen: string[] = [];
  for (let page = await it.db.deliveries.list(channel.id, { limit: 2 }); page.length > 0; ) {
    seen.push(...page.map((delivery) => delivery.id));
    const end = page.at(-1);
    if (!end) break;
    const cursor = { createdAtMs: end.createdAt.getTime(), id: end.id };
    page = await it.db.deliveries.list(channel.id, { limit: 2, cursor });
  }
  expect(seen).toHaveLength(9);
  expect(seen).toEqual(all.map((delivery) => delivery.id));
});
