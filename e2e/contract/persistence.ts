import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, type Page, until } from './client.ts';

interface Incident {
  id: string;
  status: string;
  severity: string;
  monitor_id: string;
  value: number;
}

const root = '/v1/models/persistent';
const hour = 3_600_000;
const start = Date.UTC(2001, 1, 5);
/** Events an hour; the monitors watch their volume. */
const volumes = [10, 10, 3, 10, 3, 3, 10, 10, 10, 10];

export function persistenceContract(client: () => Client): void {
  const create = async (extra: object) => {
    const body = {
      name: 'Volume',
      metric: 'volume',
      granularity: 'hour',
      threshold: { kind: 'constant', warning: 5, direction: 'below' },
      persistence: { breaches: 1, of: 1 },
      min_n: 0,
    };
    const { id } = await client().send<{ id: string }>('POST', `${root}/monitors`, { ...body, ...extra });
    await until(
      () => client().get<{ judged_until: string | null }>(`${root}/monitors/${id}`),
      ({ judged_until }) => Date.parse(judged_until ?? '') >= start + (volumes.length - 1) * hour,
    );
    const { data } = await client().get<Page<Incident>>('/v1/incidents', { limit: '1000' });
    return { id, incidents: data.filter(({ monitor_id }) => monitor_id === id) };
  };

  describe('rules of monitors, on windows that are past', () => {
    beforeAll(async () => {
      await client().send('PUT', root, { task: 'regression' });
      const events = volumes.flatMap((n, window) =>
        Array.from({ length: n }, (_, i) => ({
          prediction_id: `w${window}-${i}`,
          prediction_timestamp: new Date(start + window * hour).toISOString(),
          prediction_score: 1,
        })),
      );
      await client().send('POST', `${root}/events`, { events });
      await until(
        () => client().get<{ mirrored_events: number }>(`${root}/ingest-status`),
        ({ mirrored_events }) => mirrored_events === events.length,
      );
    });

    test('1 of 1: an incident for each run of breaches, ended with the run', async () => {
      const { incidents } = await create({});
      expect(incidents.map(({ status }) => status)).toEqual(['resolved', 'resolved']);
    });

    test('2 of 3: the third low hour within three opens the only one', async () => {
      const { incidents } = await create({ persistence: { breaches: 2, of: 3 } });
      expect(incidents).toHaveLength(1);
    });

    test('3 of 3: none', async () => {
      expect((await create({ persistence: { breaches: 3, of: 3 } })).incidents).toEqual([]);
    });

    test('above', async () => {
      const { incidents } = await create({
        threshold: { kind: 'constant', warning: 9, critical: 9.5, direction: 'above' },
      });
      expect(incidents.map(({ status, severity }) => `${severity} ${status}`).sort()).toEqual([
        'critical open',
        'critical resolved',
        'critical resolved',
      ]);
    });

    test('a value on the threshold or beyond it', async () => {
      expect(
        (await create({ threshold: { kind: 'constant', warning: 2.9, direction: 'below' } })).incidents,
      ).toEqual([]);
      expect(
        (await create({ threshold: { kind: 'constant', warning: 10.1, direction: 'above' } })).incidents,
      ).toEqual([]);
    });

    test('fewer than min_n is not judged as a breach', async () => {
      expect((await create({ min_n: 5 })).incidents).toEqual([]);
    });

    test('a disabled monitor opens nothing until it is enabled', async () => {
      const body = {
        name: 'Off',
        metric: 'volume',
        granularity: 'hour',
        threshold: { kind: 'constant', warning: 5, direction: 'below' },
        min_n: 0,
        enabled: false,
      };
      const { id } = await client().send<{ id: string }>('POST', `${root}/monitors`, body);
      const { id: other } = await create({});
      expect(other).not.toBe(id);
      const { data } = await client().get<Page<Incident>>('/v1/incidents', { limit: '1000' });
      expect(data.filter(({ monitor_id }) => monitor_id === id)).toEqual([]);
    });

    test('events that come late change what was judged', async () => {
      const { id, incidents } = await create({
        threshold: { kind: 'constant', warning: 9, critical: 5, direction: 'below' },
        channels: [],
      });
      expect(incidents.map(({ severity }) => severity)).toEqual(['critical', 'critical']);
      const late = Array.from({ length: 3 }, (_, i) => ({
        prediction_id: `low-${i}`,
        prediction_timestamp: new Date(start + volumes.length * hour).toISOString(),
        prediction_score: 1,
      }));
      await client().send('POST', `${root}/events`, { events: late });
      const openOf = async () =>
        (await client().get<Page<Incident>>('/v1/incidents', { limit: '1000', status: 'open' })).data.filter(
          ({ monitor_id }) => monitor_id === id,
        );
      await until(openOf, ({ length }) => length === 1);
      const more = Array.from({ length: 7 }, (_, i) => ({
        prediction_id: `more-${i}`,
        prediction_timestamp: new Date(start + volumes.length * hour).toISOString(),
        prediction_score: 1,
      }));
      await client().send('POST', `${root}/events`, { events: more });
      await until(openOf, ({ length }) => length === 0);
    });

    test('a warning that gets worse is the same incident, escalated', async () => {
      const { id } = await create({
        threshold: { kind: 'constant', warning: 12, critical: 15, direction: 'above' },
      });
      const post = (window: number, n: number) =>
        client().send('POST', `${root}/events`, {
          events: Array.from({ length: n }, (_, i) => ({
            prediction_id: `e${window}-${i}`,
            prediction_timestamp: new Date(start + (volumes.length + window) * hour).toISOString(),
            prediction_score: 1,
          })),
        });
      const own = async () =>
        (await client().get<Page<Incident>>('/v1/incidents', { limit: '1000' })).data.filter(
          ({ monitor_id }) => monitor_id === id,
        );
      await post(1, 13);
      const [warned] = await until(own, ([first]) => first?.severity === 'warning');
      await post(2, 20);
      const escalated = await until(own, ([first]) => first?.severity === 'critical');
      expect(escalated).toMatchObject([{ id: warned?.id, status: 'open', value: 20 }]);
    });

    test('a metric that needs labels is judged when they arrive', async () => {
      const at = (i: number) => new Date(start + i * hour).toISOString();
      const model = '/v1/models/persistent-labels';
      await client().send('PUT', model, {
        task: 'binary_classification',
        positive_label: 'late',
        decision_threshold: 0.5,
      });
      const ids = Array.from({ length: 80 }, (_, i) => `l-${i}`);
      await client().send('POST', `${model}/events`, {
        events: ids.map((prediction_id, i) => ({
          prediction_id,
          prediction_timestamp: at(i % 2),
          prediction_score: 0.9,
        })),
      });
      const { id } = await client().send<{ id: string }>('POST', `${model}/monitors`, {
        name: 'Accuracy',
        metric: 'accuracy',
        granularity: 'hour',
        threshold: { kind: 'constant', warning: 0.8, direction: 'below' },
      });
      await client().send('POST', `${model}/actuals`, {
        actuals: ids.map((prediction_id, i) => ({ prediction_id, actual_label: i % 2 ? 'on_time' : 'late' })),
      });
      const own = async () =>
        (await client().get<Page<Incident>>('/v1/incidents', { limit: '1000' })).data.filter(
          ({ monitor_id }) => monitor_id === id,
        );
      const [incident] = await until(own, ({ length }) => length > 0);
      expect(incident).toMatchObject({
        status: 'open',
        severity: 'warning',
        metric: 'accuracy',
        value: 0,
        threshold: 0.8,
      });
    });

    test('incidents are paged by cursor, each once', async () => {
      const all = await client().get<Page<Incident>>('/v1/incidents', { limit: '1000' });
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<Incident> = await client().get('/v1/incidents', {
          limit: '3',
          ...(cursor ? { cursor } : {}),
        });
        expect(page.data.length).toBeLessThanOrEqual(3);
        seen.push(...page.data.map(({ id }) => id));
        cursor = page.next_cursor;
      } while (cursor !== null);
      expect(seen).toEqual(all.data.map(({ id }) => id));
      expect(seen.length).toBeGreaterThan(5);
    });
  });
}
