import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

/** Events by day; the day without any lies between two that have some. */
const days = [80, 20, 0, 20, 80, 80, 25];
const rule = {
  name: 'Volume',
  metric: 'volume',
  threshold: { kind: 'constant', warning: 60, critical: 22, direction: 'below' },
  persistence: { breaches: 2, of: 3 },
  min_n: 10,
};

let api: TestApi;
let slug: string;
beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel({ features: [{ name: 'x', kind: 'numeric' }] });
  const events = days.flatMap((n, day) =>
    Array.from({ length: n }, (_, i) => ({
      prediction_id: `${day}-${i}`,
      prediction_timestamp: at(24 * day + (i % 24)),
      features: { x: i },
    })),
  );
  await api.call('POST', `/v1/models/${slug}/events`, { events });
  await api.mirror(slug);
});
afterAll(() => api.close());

const preview = (body: object, options = {}) =>
  api.call('POST', `/v1/models/${slug}/monitors/preview`, body, options);

test('a preview judges every window of the past and stores nothing', async () => {
  const { status, body } = await preview(rule);
  expect(status).toBe(200);
  expect(body.points.map((point: { value: number; state: string }) => [point.value, point.state])).toEqual([
    [80, 'ok'],
    [20, 'critical'],
    [0, 'waiting'],
    [20, 'critical'],
    [80, 'ok'],
    [80, 'ok'],
    [25, 'warning'],
  ]);
  expect(body.points[0]).toMatchObject({ window_start: at(0), window_end: at(24), n: 80, status: 'ok' });
  expect(body.incidents).toEqual([
    { from: at(24), to: at(96), severity: 'critical', value: 20, resolved: true },
  ]);
  expect(body.would_have_opened).toBe(1);
  expect((await api.call('GET', `/v1/models/${slug}/monitors`)).body.data).toEqual([]);
});

test('a breach that lasts is not resolved', async () => {
  const { body } = await preview({ ...rule, persistence: { breaches: 1, of: 1 } });
  expect(body.incidents.at(-1)).toMatchObject({ from: at(144), severity: 'warning', resolved: false });
});

test('hours are judged too, 2,000 at most', async () => {
  const { body } = await preview({ ...rule, granularity: 'hour' });
  expect(body.points.length).toBe(24 * 7);
  const old = await api.putModel();
  const event = (id: string, hours: number) => ({ prediction_id: id, prediction_timestamp: at(hours) });
  await api.call('POST', `/v1/models/${old}/events`, { events: [event('a', 0), event('b', -2500)] });
  await api.mirror(old);
  const long = await api.call('POST', `/v1/models/${old}/monitors/preview`, { ...rule, granularity: 'hour' });
  expect(long.body.points.length).toBe(2000);
  expect(long.body.points.at(-1)).toMatchObject({ window_start: at(0), value: 1 });
});

test('a model without events has no points; a metric without a reference has no values', async () => {
  const empty = await api.call('POST', `/v1/models/${await api.putModel()}/monitors/preview`, rule);
  expect(empty.body).toEqual({ points: [], incidents: [], would_have_opened: 0 });
  const { body } = await preview({ ...rule, metric: 'psi', column: 'x' });
  expect(body.points[0]).toMatchObject({ value: null, status: 'not_applicable', state: 'waiting' });
});

test('the rule is checked as when it is saved, and reading is enough', async () => {
  expect((await preview({ ...rule, metric: 'nope' })).status).toBe(422);
  expect((await preview({ ...rule, colour: 'red' })).status).toBe(422);
  const project = await api.db.access.firstProject();
  const key = (scopes: ('read' | 'ingest')[]) => api.createKey(project?.id ?? '', scopes);
  const as = async (scope: 'read' | 'ingest') =>
    (await preview(rule, { headers: { authorization: `Bearer ${await key([scope])}` } })).status;
  expect([await as('read'), await as('ingest')]).toEqual([200, 403]);
});
