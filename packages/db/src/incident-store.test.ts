import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { IncidentRecord } from './incident.ts';
import type { IncidentChange } from './incident-store.ts';
import type { MonitorRecord, NewMonitor } from './monitor-store.ts';
import { hour, openTestModel, type TestModel, t0 } from './test-model.ts';

const open: TestModel[] = [];
let it: TestModel;
let monitor: MonitorRecord;

const newMonitor = (change: Partial<NewMonitor> = {}): NewMonitor => ({
  modelId: it.modelId,
  name: 'drift of distance',
  metric: 'psi',
  columnKey: 'features.distance',
  granularity: 'day',
  threshold: { kind: 'constant', warning: 0.1, critical: 0.2, direction: 'above' },
  persistence: { breaches: 1, of: 2 },
  minN: null,
  channels: [],
  enabled: true,
  createdBy: 'user',
  ...change,
});
beforeEach(async () => {
  it = await openTestModel();
  open.push(it);
  monitor = await it.db.monitors.create(newMonitor());
});
afterAll(() => Promise.all(open.map((model) => model.close())));

const at = (hours: number) => new Date(t0 + hours * hour);
function change(
  set: Partial<IncidentChange['set']> = {},
  rest: Partial<IncidentChange> = {},
): IncidentChange {
  return {
    incidentId: null,
    set: {
      projectId: it.projectId,
      modelId: it.modelId,
      monitorId: monitor.id,
      status: 'open',
      severity: 'warning',
      value: 0.15,
      threshold: 0.1,
      windowFrom: at(0),
      windowTo: at(24),
      breachFrom: at(0),
      breachTo: at(24),
      openedAt: at(25),
      acknowledgedAt: null,
      snoozedUntil: null,
      resolvedAt: null,
      evidence: { bins: [1, 2], note: 'é' },
      ...set,
    },
    entry: { kind: 'opened', by: null, text: null },
    notify: null,
    ...rest,
  };
}
async function apply(set: Partial<IncidentChange['set']> = {}, rest: Partial<IncidentChange> = {}) {
  const applied = await it.db.incidents.apply(change(set, rest));
  if (!applied) throw new Error('the change was overtaken');
  return applied;
}
const channel = (name: string, enabled = true) =>
  it.db.channels.create({
    projectId: it.projectId,
    kind: 'webhook',
    name,
    url: 'https://example.com/hook',
    sealedSecret: 'sealed',
    enabled,
  });

describe('apply', () => {
  test('stores incident, timeline entry and one delivery per enabled channel of the project', async () => {
    const [a, b, off] = [await channel('a'), await channel('b'), await channel('off', false)];
    const other = await it.db.access.createProject('other');
    const foreign = await it.db.channels.create({
      ...a,
      projectId: other.id,
      id: undefined,
      createdAt: undefined,
    } as never);
    const bodies: IncidentRecord[] = [];
    const { incident, deliveryIds } = await apply(
      {},
      {
        notify: {
          type: 'incident.opened',
          channelIds: [a.id, b.id, off.id, foreign.id, 'no-id', crypto.randomUUID()],
          body: (stored) => {
            bodies.push(stored);
            return JSON.stringify({ id: stored.id });
          },
        },
      },
    );
    expect(incident).toEqual({
      id: expect.any(String),
      model: 'flights',
      monitor: monitor.name,
      metric: 'psi',
      columnKey: 'features.distance',
      ...change().set,
    });
    expect(bodies).toEqual([incident]);
    const deliveries = await Promise.all(deliveryIds.map((id) => it.db.deliveries.get(id)));
    expect(deliveries.map((found) => found?.channel.id).sort()).toEqual([a.id, b.id].sort());
    for (const found of deliveries) {
      expect(found?.delivery).toMatchObject({
        incidentId: incident.id,
        webhookId: expect.stringMatching(/^msg_[0-9a-f-]{36}$/),
        type: 'incident.opened',
        body: JSON.stringify({ id: incident.id }),
        status: 'pending',
      });
    }
    expect(await it.db.deliveries.due(new Date(), 10)).toHaveLength(2);
    expect(await it.db.incidents.find(it.projectId, incident.id)).toEqual(incident);
    expect(await it.db.incidents.find(other.id, incident.id)).toBeNull();
  });

  test('opens one of many concurrent incidents of a monitor and leaves nothing of the others', async () => {
    const { id } = await channel('a');
    const notify = { type: 'incident.opened' as const, channelIds: [id], body: () => '{}' };
    const applied = await Promise.all(
      Array.from({ length: 12 }, () => it.db.incidents.apply(change({}, { notify }))),
    );
    const won = applied.filter((result) => result !== null);
    expect(won).toHaveLength(1);
    expect(await it.db.deliveries.list(id, { limit: 50 })).toHaveLength(1);
    expect((await it.pool.query('SELECT 1 FROM incident_entry')).rowCount).toBe(1);
  });

  test('changes an incident; after it is resolved the monitor may open another, and the old one not reopen', async () => {
    const { incident } = await apply();
    const incidentId = incident.id;
    const entry = { kind: 'resolved', by: 'ann@example.com', text: 'fixed' };
    const resolved = await apply({ status: 'resolved', resolvedAt: at(30) }, { incidentId, entry });
    expect(resolved.incident).toMatchObject({ id: incidentId, status: 'resolved', resolvedAt: at(30) });
    await apply();
    expect(await it.db.incidents.apply(change({}, { incidentId }))).toBeNull();
    await it.db.incidents.comment(incidentId, { kind: 'commented', by: null, text: 'noted' });
    const timeline = await it.db.incidents.timeline(incidentId);
    expect(timeline.map(({ kind, by, text }) => [kind, by, text])).toEqual([
      ['opened', null, null],
      ['resolved', 'ann@example.com', 'fixed'],
      ['commented', null, 'noted'],
    ]);
  });

  test('a revision changes the fields it names, may go without an entry, and announces to the own project', async () => {
    const { id: channelId } = await channel('a');
    const { incident } = await apply();
    const notify = { type: 'incident.acknowledged' as const, channelIds: [channelId], body: () => '{}' };
    const set = { status: 'acknowledged' as const, acknowledgedAt: at(26) };
    const revised = await it.db.incidents.apply({ incidentId: incident.id, set, entry: null, notify });
    expect(revised?.incident).toEqual({ ...incident, ...set });
    expect(revised?.deliveryIds).toHaveLength(1);
    expect(await it.db.incidents.timeline(incident.id)).toHaveLength(1);
  });

  test('answers null when the incident or the monitor is gone', async () => {
    expect(await it.db.incidents.apply(change({}, { incidentId: crypto.randomUUID() }))).toBeNull();
    await it.db.monitors.remove(it.modelId, monitor.id);
    expect(await it.db.incidents.apply(change())).toBeNull();
  });

  test('stores nothing when the body cannot be made', async () => {
    const { id } = await channel('a');
    const body = () => {
      throw new Error('no body');
    };
    const failing = change({}, { notify: { type: 'incident.opened', channelIds: [id], body } });
    await expect(it.db.incidents.apply(failing)).rejects.toThrow('no body');
    expect(await it.db.incidents.ofMonitor(monitor.id, { touchingFromMs: 0 })).toEqual([]);
  });
});

test('incidents of a monitor are the unresolved ones and those that reach the time asked for', async () => {
  const resolve = { status: 'resolved' as const, resolvedAt: at(99) };
  await apply({ ...resolve, windowTo: at(10), breachFrom: at(5), breachTo: at(10) });
  await apply({ ...resolve, windowTo: at(30), breachFrom: at(20), breachTo: at(30) });
  await apply({ windowTo: at(1), breachFrom: at(1) });
  const found = await it.db.incidents.ofMonitor(monitor.id, { touchingFromMs: t0 + 30 * hour });
  expect(found.map((incident) => incident.windowTo)).toEqual([at(1), at(30)]);
});

test('lists run from the newest incident to the oldest in pages, also of those opened at once', async () => {
  for (let i = 0; i < 7; i += 1) {
    await apply({ status: 'resolved', openedAt: at(Math.floor(i / 3)), resolvedAt: at(9) });
  }
  const { incident: last } = await apply({ openedAt: at(50) });
  const list = (options: Parameters<typeof it.db.incidents.list>[1]) =>
    it.db.incidents.list(it.projectId, options);
  const all = await list({ limit: 100 });
  expect(all).toHaveLength(8);
  const paged: string[] = [];
  for (let page = await list({ limit: 3 }); page.length > 0; ) {
    paged.push(...page.map((incident) => incident.id));
    const end = page.at(-1);
    if (!end) break;
    page = await list({ limit: 3, cursor: { openedAtMs: end.openedAt.getTime(), id: end.id } });
  }
  expect(paged).toEqual(all.map((incident) => incident.id));
  expect((await list({ limit: 9, statuses: ['open', 'snoozed'] })).map(({ id }) => id)).toEqual([last.id]);
  expect(await list({ limit: 9, modelId: crypto.randomUUID() })).toEqual([]);
});

describe('monitors', () => {
  test('keep what they were judged to be until metric, column, granularity or threshold change', async () => {
    const { monitors } = it.db;
    const judgement = {
      judgedUntil: at(24),
      lastState: 'warning' as const,
      lastValue: 0.15,
      awaitingLabels: 2,
    };
    await monitors.judged(monitor.id, judgement);
    const judged = { ...monitor, ...judgement };
    expect(await monitors.find(it.modelId, monitor.id)).toEqual(judged);
    const same = {
      threshold: { direction: 'above', critical: 0.2, warning: 0.1, kind: 'constant' },
    } as const;
    expect(await monitors.update(it.modelId, monitor.id, { ...same, name: 'n', channels: [] })).toEqual({
      ...judged,
      name: 'n',
    });
    for (const reset of [{ metric: 'ks' }, { columnKey: '' }, { granularity: 'hour' }] as const) {
      await monitors.judged(monitor.id, judgement);
      expect(await monitors.update(it.modelId, monitor.id, reset)).toMatchObject({
        ...reset,
        judgedUntil: null,
        lastState: 'waiting',
        lastValue: null,
      });
    }
  });

  test('of another model are not found, changed or removed; nor is an id that is none', async () => {
    const { model } = await it.db.models.put(it.projectId, { slug: 'other', task: 'regression' });
    for (const [modelId, id] of [
      [model.id, monitor.id],
      [it.modelId, 'nope'],
    ] as const) {
      expect(await it.db.monitors.find(modelId, id)).toBeNull();
      expect(await it.db.monitors.update(modelId, id, { name: 'x' })).toBeNull();
      expect(await it.db.monitors.remove(modelId, id)).toBe(false);
    }
    expect(await it.db.monitors.list(it.modelId)).toEqual([monitor]);
  });
});
