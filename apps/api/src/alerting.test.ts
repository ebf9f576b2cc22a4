import { unseal } from '@plumbline/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { afterAct } from './features/incidents/change-incident.ts';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const rule = {
  name: 'Accuracy',
  metric: 'accuracy',
  threshold: { kind: 'constant', warning: 0.8, direction: 'below' },
};

async function putMonitor(slug: string, change: Record<string, unknown> = {}) {
  const { body } = await api.call('POST', `/v1/models/${slug}/monitors`, { ...rule, ...change });
  return body;
}

const putChannel = (url = 'https://example.com/hook') =>
  api.call('POST', '/v1/channels', { kind: 'webhook', name: 'ops', url });

describe('monitors', () => {
  test('are created, changed in part, listed and deleted', async () => {
    const slug = await api.putModel({ features: [{ name: 'distance', kind: 'numeric' }] });
    const path = `/v1/models/${slug}/monitors`;
    const monitor = await putMonitor(slug, {
      metric: 'psi',
      column: 'distance',
      threshold: { kind: 'constant', critical: 0.2, direction: 'above' },
    });
    expect(monitor).toMatchObject({
      column: 'distance',
      granularity: 'day',
      persistence: { breaches: 1, of: 1 },
      created_by: 'user',
    });
    const { status, body } = await api.call('PATCH', `${path}/${monitor.id}`, { enabled: false, min_n: 50 });
    expect([status, body]).toEqual([200, { ...monitor, enabled: false, min_n: 50 }]);
    expect((await api.call('GET', path)).body.data).toEqual([body]);
    expect((await api.call('DELETE', `${path}/${monitor.id}`)).status).toBe(204);
    expect((await api.call('GET', `${path}/${monitor.id}`)).status).toBe(404);
  });

  test.each([
    ['bad-rule', { metric: 'nope' }],
    ['bad-rule', { metric: 'mae' }],
    ['bad-rule', { metric: 'psi' }],
    ['bad-rule', { metric: 'psi', column: 'nope' }],
    ['bad-rule', { channels: ['00000000-0000-4000-8000-000000000000'] }],
    ['validation-failed', { threshold: { kind: 'constant', direction: 'above' } }],
    ['validation-failed', { threshold: { kind: 'constant', warning: 'x', direction: 'above' } }],
    ['validation-failed', { persistence: { breaches: 4, of: 3 } }],
  ])('%s: %o', async (problem, change) => {
    const { status, body } = await api.call('POST', `/v1/models/${await api.putModel()}/monitors`, {
      ...rule,
      ...change,
    });
    expect([status, body.type.split('/').pop()]).toEqual([422, problem]);
  });
});

describe('channels', () => {
  test('show their secret once and keep it sealed', async () => {
    const { status, body } = await putChannel();
    expect([status, body.secret]).toEqual([201, expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)]);
    expect((await api.call('GET', '/v1/channels')).text).not.toContain(body.secret);
    const project = await api.db.access.firstProject();
    const stored = await api.db.channels.find(project?.id ?? '', body.id);
    expect(stored?.sealedSecret).not.toContain(body.secret.slice(6));
    expect(unseal(api.config.secret, stored?.sealedSecret ?? '')).toBe(body.secret);
  });

  test('get a new secret when their URL moves to another origin, and only then', async () => {
    const { body: channel } = await putChannel();
    const patch = async (url: string) =>
      (await api.call('PATCH', `/v1/channels/${channel.id}`, { url })).body.secret;
    expect(await patch('https://example.com/other')).toBeUndefined();
    expect(await patch('https://example.org/other')).toMatch(/^whsec_/);
  });

  test.each([
    'http://127.0.0.1/',
    'http://localhost:8080/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://0x7f000001/',
    'http://10.1.2.3/',
    'http://169.254.169.254/latest/meta-data',
    'https://user:secret@example.com/',
  ])('%s is refused with the same answer', async (url) => {
    const { body: channel } = await putChannel();
    for (const answer of [
      await putChannel(url),
      await api.call('PATCH', `/v1/channels/${channel.id}`, { url }),
    ]) {
      const { instance: _i, request_id: _r, ...body } = answer.body;
      expect(body).toEqual({
        type: expect.stringMatching(/\/problems\/blocked-destination$/),
        title: 'This destination is not allowed',
        detail: 'This destination is not allowed.',
        status: 422,
      });
    }
  });

  test('a test message waits for delivery, and a redelivery keeps its id', async () => {
    const { body: channel } = await putChannel();
    const { status, body: delivery } = await api.call('POST', `/v1/channels/${channel.id}/test`);
    expect([status, delivery]).toMatchObject([202, { type: 'test', status: 'pending', attempts: [] }]);
    const again = await api.call('POST', `/v1/deliveries/${delivery.id}/redeliver`);
    expect(again.body).toMatchObject({ id: delivery.id, webhook_id: delivery.webhook_id, status: 'pending' });
    const { body: list } = await api.call('GET', `/v1/channels/${channel.id}/deliveries`);
    expect(list.data.map((row: { id: string }) => row.id)).toEqual([delivery.id]);
    expect((await api.call('POST', `/v1/deliveries/${channel.id}/redeliver`)).status).toBe(404);
  });
});

describe('incidents', () => {
  async function openIncident(channels: string[] = []) {
    const slug = await api.putModel();
    const monitor = await putMonitor(slug, { channels });
    const project = await api.db.access.firstProject();
    const model = await api.db.models.find(project?.id ?? '', slug);
    const window = { windowFrom: new Date(at(0)), windowTo: new Date(at(24)) };
    const applied = await api.db.incidents.apply({
      incidentId: null,
      set: {
        projectId: project?.id ?? '',
        modelId: model?.id ?? '',
        monitorId: monitor.id,
        status: 'open',
        severity: 'warning',
        value: 0.7,
        threshold: 0.8,
        ...window,
        breachFrom: window.windowFrom,
        breachTo: window.windowTo,
        openedAt: new Date(),
        acknowledgedAt: null,
        snoozedUntil: null,
        resolvedAt: null,
        evidence: { n: 100 },
      },
      entry: { kind: 'opened', by: null, text: null },
      notify: null,
    });
    if (!applied) throw new Error('not opened');
    return { slug, incident: applied.incident };
  }
  const act = (id: string, what: string, body?: unknown) =>
    api.call('POST', `/v1/incidents/${id}/${what}`, body);

  test('are acknowledged, snoozed, commented and resolved by people, who are told once each', async () => {
    const { body: channel } = await putChannel();
    const { slug, incident } = await openIncident([channel.id]);
    const { body: open } = await api.call('GET', `/v1/incidents?status=open&model=${slug}`);
    expect(open.data).toMatchObject([
      { id: incident.id, model: slug, metric: 'accuracy', column: null, value: 0.7 },
    ]);
    expect((await act(incident.id, 'acknowledge')).body).toMatchObject({ status: 'acknowledged' });
    await act(incident.id, 'acknowledge');
    expect((await act(incident.id, 'comment', { text: 'looking' })).status).toBe(200);
    expect((await act(incident.id, 'snooze', { hours: 2 })).body).toMatchObject({ status: 'snoozed' });
    expect((await act(incident.id, 'resolve')).body).toMatchObject({ status: 'resolved' });
    expect((await act(incident.id, 'snooze', {})).status).toBe(409);
    const { body } = await api.call('GET', `/v1/incidents/${incident.id}`);
    expect(body.timeline.map((entry: { kind: string }) => entry.kind)).toEqual([
      'opened',
      'acknowledged',
      'commented',
      'snoozed',
      'resolved',
    ]);
    const { body: deliveries } = await api.call('GET', `/v1/channels/${channel.id}/deliveries`);
    expect(deliveries.data.map((row: { type: string }) => row.type).sort()).toEqual([
      'incident.acknowledged',
      'incident.resolved',
    ]);
    const sent = await api.db.deliveries.get(deliveries.data[0].id);
    expect(JSON.parse(sent?.delivery.body ?? '')).toMatchObject({
      type: expect.any(String),
      data: {
        incident: { id: incident.id, model: slug, url: expect.stringContaining(incident.id) },
        evidence: { n: 100 },
      },
    });
  });

  test('a snooze into the past is refused', async () => {
    const { incident } = await openIncident();
    expect((await act(incident.id, 'snooze', { until: at(0) })).status).toBe(422);
    expect((await act(incident.id, 'comment', {})).status).toBe(422);
  });

  test('a resolved incident takes no further act', async () => {
    const { incident } = await openIncident();
    const resolved = { ...incident, status: 'resolved' as const };
    expect(afterAct(resolved, { kind: 'acknowledged', at: new Date() })).toBeNull();
  });
});

describe('explanations', () => {
  const explain = async (slug: string, id: string, audience = 'data_scientist') =>
    api.call('GET', `/v1/models/${slug}/events/${id}/explanation?audience=${audience}`);
  const event = (id: string, change: object) => ({
    prediction_id: id,
    prediction_timestamp: at(1),
    features: { distance: 2176, origin: 'LAS', hour: 7 },
    prediction_score: 0.71,
    ...change,
  });
  const shap_values = { distance: 0.45, origin: -0.05, hour: 0.1 };

  test('order contributions by size, and every number of every narrative is in the evidence', async () => {
    const slug = await api.putModel();
    await api.call('POST', `/v1/models/${slug}/events`, {
      events: [event('a', { shap_values, shap_base_value: 0.21 })],
    });
    for (const audience of ['data_scientist', 'business', 'auditor', 'operator', 'subject']) {
      const { status, body } = await explain(slug, 'a', audience);
      expect([status, body]).toMatchObject([
        200,
        { status: 'ok', base_value: 0.21, score: 0.71, additive: true },
      ]);
      expect(body.contributions.map((c: { feature: string }) => c.feature)).toEqual([
        'distance',
        'hour',
        'origin',
      ]);
      const evidence = JSON.stringify(body.evidence);
      const numbers: string[] = body.narrative.text.match(/\d+(\.\d+)?(e-?\d+)?/g) ?? [];
      expect(numbers.length).toBeGreaterThan(3);
      for (const number of numbers)
        expect([audience, number, evidence.includes(number)]).toEqual([audience, number, true]);
      expect(body.narrative.text).not.toMatch(/because|caused/i);
      expect((await explain(slug, 'a', audience)).text).toBe((await explain(slug, 'a', audience)).text);
    }
  });

  test.each([
    ['no_attributions', {}],
    ['non_additive', { shap_values, shap_base_value: 0.5 }],
    ['non_additive', { shap_values }],
    ['ok', { shap_values: { distance: Math.log(0.71 / 0.29) }, shap_base_value: 0 }],
  ])('%s', async (status, change) => {
    const slug = await api.putModel();
    await api.call('POST', `/v1/models/${slug}/events`, { events: [event('a', change)] });
    expect((await explain(slug, 'a')).body).toMatchObject({ status, additive: status === 'ok' });
    expect((await explain(slug, 'none')).status).toBe(404);
    expect((await explain(slug, 'a', 'nobody')).status).toBe(422);
  });
});
