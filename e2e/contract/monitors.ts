import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Channel } from './channels.ts';
import { type Client, type Page, until } from './client.ts';
import { type Receiver, signatureOf, startReceiver } from './receiver.ts';

interface Monitor {
  id: string;
  name: string;
  metric: string;
  judged_until: string | null;
  last_state: string;
}

interface Incident {
  id: string;
  status: string;
  severity: string;
  model: string;
  monitor_id: string;
  value: number;
  threshold: number;
  window: { from: string; to: string };
  opened_at: string;
  resolved_at: string | null;
  evidence: object;
  timeline?: { kind: string; text: string | null }[];
}

interface Preview {
  points: { value: number | null }[];
  incidents: object[];
}

const slug = 'watched';
const root = `/v1/models/${slug}`;
const day = 86_400_000;
const start = Date.UTC(2001, 1, 5);
const body = {
  name: 'Volume of events',
  metric: 'volume',
  column: null,
  granularity: 'day',
  compare_to: 'reference',
  threshold: { kind: 'constant', warning: 60, critical: 30, direction: 'below' },
  persistence: { breaches: 1, of: 1 },
  min_n: 0,
  enabled: true,
};

export function monitorsContract(client: () => Client): void {
  let receiver: Receiver;
  let channel: Channel;
  const postDay = (index: number, n: number) =>
    client().send('POST', `${root}/events`, {
      events: Array.from({ length: n }, (_, i) => ({
        prediction_id: `d${index}-${i}`,
        prediction_timestamp: new Date(start + index * day + (i % 24) * 3_600_000).toISOString(),
        prediction_score: i % 7,
        features: { x: i % 5, colour: i % 2 ? 'red' : 'blue' },
      })),
    });
  const monitor = (id: string) => client().get<Monitor>(`${root}/monitors/${id}`);
  const incidentsOf = async (id: string, query: Record<string, string> = {}) =>
    (await client().get<Page<Incident>>('/v1/incidents', { limit: '1000', ...query })).data.filter(
      (incident) => incident.monitor_id === id,
    );
  const act = (id: string, action: string, sent?: object) =>
    client().call<Incident>('POST', `/v1/incidents/${id}/${action}`, sent ? { body: sent } : {});
  const messages = (type: string, incident: string) =>
    receiver.at('/ok-incidents').filter((message) => {
      const parsed = JSON.parse(message.body);
      return parsed.type === type && parsed.data.incident.id === incident;
    });

  describe('monitors and incidents', () => {
    beforeAll(async () => {
      receiver = await startReceiver();
      channel = await client().send('POST', '/v1/channels', {
        kind: 'webhook',
        name: 'Incidents',
        url: `${receiver.url}/ok-incidents`,
      });
      await client().send('PUT', `/v1/models/${slug}`, {
        task: 'regression',
        features: [
          { name: 'x', kind: 'numeric' },
          { name: 'colour', kind: 'categorical' },
        ],
      });
    });
    afterAll(() => receiver?.close());

    test('are created, listed, read, changed and deleted', async () => {
      const created = await client().call<Monitor>('POST', `${root}/monitors`, {
        body: { ...body, channels: [channel.id] },
      });
      expect([200, 201], created.text).toContain(created.status);
      const { id } = created.body;
      expect(await monitor(id)).toMatchObject({
        ...body,
        id,
        channels: [channel.id],
        judged_until: null,
        last_state: expect.any(String),
      });
      const { data } = await client().get<Page<Monitor>>(`${root}/monitors`);
      expect(data.map((one) => one.id)).toContain(id);
      expect(
        await client().send('PATCH', `${root}/monitors/${id}`, { name: 'Renamed', enabled: false }),
      ).toMatchObject({ name: 'Renamed', enabled: false, metric: 'volume' });
      expect([200, 204]).toContain((await client().call('DELETE', `${root}/monitors/${id}`)).status);
      expect((await client().call('GET', `${root}/monitors/${id}`)).status).toBe(404);
    });

    test('take the whole body of the contract, and a short one', async () => {
      const whole = {
        ...body,
        metric: 'js_distance',
        column: 'colour',
        cohort_id: null,
        schedule: null,
        channels: [channel.id],
        threshold: { kind: 'constant', warning: 0.1, critical: 0.2, direction: 'above' },
        enabled: false,
      };
      const answer = await client().call('POST', `${root}/monitors`, { body: whole });
      expect(answer.status, answer.text).toBeLessThan(300);
      const short = {
        name: 'Short',
        metric: 'mae',
        threshold: { kind: 'constant', warning: 5, direction: 'above' },
      };
      const shortAnswer = await client().call('POST', `${root}/monitors`, { body: short });
      expect(shortAnswer.status, shortAnswer.text).toBeLessThan(300);
    });

    test.each<[string, object]>([
      ['an unknown metric', { metric: 'beauty' }],
      ['an unknown column', { metric: 'psi', column: 'absent' }],
      ['a drift metric without column', { metric: 'psi', column: null }],
      ['an unknown direction', { threshold: { kind: 'constant', warning: 1, direction: 'sideways' } }],
      ['more breaches than windows', { persistence: { breaches: 3, of: 2 } }],
      ['an unknown channel', { channels: ['00000000-0000-4000-8000-000000000000'] }],
      ['an unknown granularity', { granularity: 'month' }],
      ['a threshold without numbers', { threshold: { kind: 'constant', direction: 'above' } }],
      ['an unknown field', { colour: 'red' }],
      ['no name', { name: undefined }],
    ])('%s is 422', async (_, extra) => {
      const { status, text } = await client().call('POST', `${root}/monitors`, {
        body: { ...body, ...extra },
      });
      expect(status, text).toBe(422);
    });

    test('uploading a reference creates the default monitors, once', async () => {
      const events = Array.from({ length: 200 }, (_, i) => ({
        prediction_id: `r-${i}`,
        prediction_timestamp: '2001-01-01T00:00:00Z',
        prediction_score: i % 7,
        features: { x: i % 5, colour: i % 2 ? 'red' : 'blue' },
      }));
      const before = (await client().get<Page<Monitor>>(`${root}/monitors`)).data.length;
      await client().send('POST', `${root}/reference`, { events });
      const after = await until(
        async () => (await client().get<Page<Monitor>>(`${root}/monitors`)).data,
        ({ length }) => length > before,
      );
      for (const one of after)
        expect(one).toMatchObject({ id: expect.any(String), last_state: expect.any(String) });
      for (const one of after) expect(one).toHaveProperty('judged_until');
      await client().send('POST', `${root}/reference`, { events });
      expect((await client().get<Page<Monitor>>(`${root}/monitors`)).data).toHaveLength(after.length);
    });

    test('a past breach opens one incident, is sent signed, is worked on, and ends with the breach', async () => {
      const { id } = await client().send<Monitor>('POST', `${root}/monitors`, {
        ...body,
        name: 'Past',
        channels: [channel.id],
      });
      for (const [index, n] of [80, 80, 20, 20].entries()) await postDay(index, n);
      const [opened] = await until(
        () => incidentsOf(id),
        ({ length }) => length > 0,
      );
      if (!opened) throw new Error('no incident');
      expect(opened).toMatchObject({
        status: 'open',
        severity: 'critical',
        model: slug,
        metric: 'volume',
        column: null,
        value: 20,
        threshold: 30,
        resolved_at: null,
        evidence: expect.any(Object),
      });
      await until(
        () => monitor(id),
        ({ judged_until }) => Date.parse(judged_until ?? '') >= start + 4 * day,
      );
      expect((await monitor(id)).last_state).toBe('critical');
      expect(await incidentsOf(id)).toHaveLength(1);
      const [message] = await until(
        () => messages('incident.opened', opened.id),
        ({ length }) => length > 0,
      );
      if (!message) throw new Error('no message');
      expect(message.signature.split(' ')).toContain(signatureOf(message, channel.secret ?? ''));
      expect(JSON.parse(message.body)).toMatchObject({
        type: 'incident.opened',
        timestamp: expect.any(String),
        data: {
          incident: {
            id: opened.id,
            status: 'open',
            severity: 'critical',
            model: slug,
            metric: 'volume',
            column: null,
            value: 20,
            threshold: 30,
            window: expect.any(Object),
            url: expect.stringMatching(/^http/),
          },
          evidence: expect.any(Object),
        },
      });
      expect(JSON.parse(message.body).data.incident.monitor).toBeTruthy();

      const acknowledged = await act(opened.id, 'acknowledge');
      expect([acknowledged.status, acknowledged.body.status]).toEqual([200, 'acknowledged']);
      await until(
        () => messages('incident.acknowledged', opened.id),
        ({ length }) => length > 0,
      );
      expect((await incidentsOf(id, { status: 'acknowledged' })).map((one) => one.id)).toEqual([opened.id]);
      expect(await incidentsOf(id, { status: 'open' })).toEqual([]);
      const commented = await act(opened.id, 'comment', { text: 'Looking at it' });
      expect(commented.status).toBeLessThan(300);
      expect(JSON.stringify(await client().get(`/v1/incidents/${opened.id}`))).toContain('Looking at it');
      const snoozed = await act(opened.id, 'snooze', {
        until: new Date(Date.now() + 3_600_000).toISOString(),
      });
      expect([snoozed.status, snoozed.body.status]).toEqual([200, 'snoozed']);

      await postDay(4, 80);
      await postDay(5, 80);
      const ended = await until(
        () => client().get<Incident>(`/v1/incidents/${opened.id}`),
        ({ status }) => status === 'resolved',
      );
      expect(ended.resolved_at).toEqual(expect.any(String));
      expect(await incidentsOf(id)).toHaveLength(1);
      const isOk = ({ last_state }: Monitor) => last_state === 'ok';
      await until(() => monitor(id), isOk);
    });

    test('a preview finds the incidents the same monitor had', async () => {
      const { data } = await client().get<Page<Monitor>>(`${root}/monitors`);
      const ran = await incidentsOf(data.find(({ name }) => name === 'Past')?.id ?? '');
      const { points, incidents } = await client().send<Preview>('POST', `${root}/monitors/preview`, body);
      expect(incidents).toEqual(
        ran.map(({ severity, value }) => expect.objectContaining({ severity, value, resolved: true })),
      );
      expect(points.slice(0, 5).map(({ value }) => value)).toEqual([80, 80, 20, 20, 80]);
    });

    test('resolve by hand is sent, and is 4xx when already resolved or done twice without harm', async () => {
      const { id } = await client().send<Monitor>('POST', `${root}/monitors`, {
        ...body,
        name: 'By hand',
        channels: [channel.id],
        threshold: { kind: 'constant', warning: 10, critical: null, direction: 'above' },
      });
      const [opened] = await until(
        () => incidentsOf(id),
        ({ length }) => length > 0,
      );
      expect(opened).toMatchObject({ severity: 'warning', threshold: 10 });
      const resolved = await act(opened?.id ?? '', 'resolve');
      expect([resolved.status, resolved.body.status]).toEqual([200, 'resolved']);
      expect(resolved.body.resolved_at).toEqual(expect.any(String));
      await until(
        () => messages('incident.resolved', opened?.id ?? ''),
        ({ length }) => length > 0,
      );
      const again = await act(opened?.id ?? '', 'resolve');
      expect([200, 409, 422]).toContain(again.status);
    });

    test('a status nobody knows is 422, comments need text', async () => {
      expect((await client().call('GET', '/v1/incidents?status=lost')).status).toBe(422);
      const [first] = (await client().get<Page<Incident>>('/v1/incidents', { limit: '1' })).data;
      expect((await act(first?.id ?? '', 'comment', {})).status).toBe(422);
      expect((await act(first?.id ?? '', 'snooze', { until: 'tomorrow' })).status).toBe(422);
    });
  });
}
