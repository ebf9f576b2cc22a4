import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, type Receipt, until } from './client.ts';

const at = '2001-02-01T06:30:00Z';
const slug = '/v1/models/events';
const row = (prediction_id: string, extra: object = {}) => ({
  prediction_id,
  prediction_timestamp: at,
  features: { distance: 2176, origin: 'LAS' },
  prediction_score: 0.71,
  ...extra,
});

interface Status {
  events: number;
  actuals: number;
  mirrored_events: number;
  last_event_at: string | null;
  lag_seconds: number | null;
}

export function eventsContract(client: () => Client): void {
  const post = (body: unknown, query = '') =>
    client().call<Receipt>('POST', `${slug}/events${query}`, { body });
  const status = () => client().get<Status>(`${slug}/ingest-status`);

  describe('events', () => {
    beforeAll(async () => {
      await client().send('PUT', slug, {
        task: 'binary_classification',
        positive_label: 'late',
        decision_threshold: 0.5,
        features: [
          { name: 'distance', kind: 'numeric', min: 0, max: 5000 },
          { name: 'origin', kind: 'categorical' },
          { name: 'weekend', kind: 'boolean' },
          { name: 'note', kind: 'embedding' },
        ],
      });
    });

    test('the example of the contract is taken whole and given back flat, fields named as posted', async () => {
      const event = {
        prediction_id: 'f-1',
        prediction_timestamp: at,
        features: { distance: 2176, origin: 'LAS' },
        prediction_label: 'late',
        prediction_score: 0.71,
        prediction_scores: { late: 0.71, on_time: 0.29 },
        actual_label: 'on_time',
        actual_score: null,
        actual_timestamp: null,
        tags: { channel: 'web' },
        shap_values: { distance: 0.2, origin: -0.05 },
        shap_base_value: 0.21,
        embedding_features: { note: { vector: [0.1, 0.2], data: 'text' } },
        subject_id: 'cust-9',
        group_id: 'q-1',
        rank: 3,
      };
      const answer = await post({ model_version: '2001.01', environment: 'production', events: [event] });
      expect(answer.status).toBe(202);
      expect(answer.body).toMatchObject({
        batch_id: expect.any(String),
        accepted: 1,
        duplicates: 0,
        rejected: [],
      });
      const { actual_score, actual_timestamp, prediction_timestamp, ...posted } = event;
      const stored = await client().get<Record<string, unknown>>(`${slug}/events/f-1`);
      expect(stored).toMatchObject({
        ...posted,
        model_version: '2001.01',
        environment: 'production',
        received_at: expect.any(String),
      });
      expect(Date.parse(String(stored.prediction_timestamp))).toBe(Date.parse(prediction_timestamp));
      expect(stored.actual_score ?? null).toBe(actual_score);
      expect(stored).toHaveProperty('actual_timestamp');
      expect(actual_timestamp).toBeNull();
    });

    test.each([
      ['RFC 3339 with an offset', '2001-02-01T08:30:00+02:00'],
      ['RFC 3339 with fractions', '2001-02-01T06:30:00.000000Z'],
      ['epoch seconds', 981_009_000],
      ['epoch milliseconds', 981_009_000_000],
      ['epoch seconds with fractions', 981_009_000.0],
    ])('time as %s', async (name, prediction_timestamp) => {
      const id = `time-${name}`;
      expect((await post({ events: [row(id, { prediction_timestamp })] })).status).toBe(202);
      const stored = await client().get<{ prediction_timestamp: string }>(
        `${slug}/events/${encodeURIComponent(id)}`,
      );
      expect(Date.parse(stored.prediction_timestamp)).toBe(Date.parse(at));
    });

    test('environment is production when left out, and the other two are kept', async () => {
      for (const environment of [undefined, 'training', 'validation']) {
        const id = `environment-${environment}`;
        await post({ ...(environment ? { environment } : {}), events: [row(id)] });
        const stored = await client().get<{ environment: string }>(`${slug}/events/${id}`);
        expect(stored.environment).toBe(environment ?? 'production');
      }
    });

    test.each([
      [0.5, 'late'],
      [0.71, 'late'],
      [1, 'late'],
    ])('a label left out is derived: score %d >= threshold', async (prediction_score, label) => {
      const id = `derived-${prediction_score}`;
      await post({ events: [row(id, { prediction_score })] });
      expect(await client().get(`${slug}/events/${id}`)).toMatchObject({
        prediction_label: label,
        prediction_score,
      });
    });

    test('below the threshold the derived label is not the positive one, and a posted label stays', async () => {
      await post({
        events: [
          row('below', { prediction_score: 0.4999 }),
          row('kept', { prediction_score: 0.9, prediction_label: 'on_time' }),
        ],
      });
      const below = await client().get<{ prediction_label: string }>(`${slug}/events/below`);
      expect(below.prediction_label).toEqual(expect.any(String));
      expect(below.prediction_label).not.toBe('late');
      expect(await client().get(`${slug}/events/kept`)).toMatchObject({ prediction_label: 'on_time' });
    });

    test('equal content counts as a duplicate, other content is id_conflict and the first stays', async () => {
      await post({ events: [row('dup')] });
      const reordered = {
        prediction_score: 0.71,
        features: { origin: 'LAS', distance: 2176 },
        prediction_timestamp: at,
        prediction_id: 'dup',
      };
      const again = await post({ events: [reordered, row('dup-fresh')] });
      expect(again.body).toMatchObject({ accepted: 1, duplicates: 1, rejected: [] });
      const other = await post({ events: [row('dup', { prediction_score: 0.2 }), row('dup-fresh-2')] });
      expect(other.status).toBe(202);
      expect(other.body).toMatchObject({ accepted: 1, duplicates: 0 });
      expect(other.body.rejected).toMatchObject([
        { index: 0, prediction_id: 'dup', code: 'id_conflict', detail: expect.any(String) },
      ]);
      expect(await client().get(`${slug}/events/dup`)).toMatchObject({ prediction_score: 0.71 });
    });

    test('the same id twice in one batch: equal is a duplicate, other is id_conflict', async () => {
      const answer = await post({
        events: [row('twice'), row('twice'), row('twice', { prediction_score: 0.1 })],
      });
      expect(answer.body).toMatchObject({ accepted: 1, duplicates: 1 });
      expect(answer.body.rejected).toMatchObject([{ index: 2, prediction_id: 'twice', code: 'id_conflict' }]);
      expect(await client().get(`${slug}/events/twice`)).toMatchObject({ prediction_score: 0.71 });
    });

    test('all of a batch duplicates is 202', async () => {
      await post({ events: [row('all-dup')] });
      const answer = await post({ events: [row('all-dup')] });
      expect([answer.status, answer.body.duplicates, answer.body.accepted]).toEqual([202, 1, 0]);
    });

    test('the same id in another model is another event', async () => {
      await client().send('PUT', '/v1/models/events-2', { task: 'regression' });
      const receipt = await client().send<Receipt>('POST', '/v1/models/events-2/events', {
        events: [row('dup', { prediction_score: 9 })],
      });
      expect(receipt).toMatchObject({ accepted: 1, duplicates: 0 });
    });

    test('all rows bad is 422 with the same list', async () => {
      const answer = await post({
        events: [row('x1', { features: { distance: 'a' } }), row('x2', { features: { distance: 'b' } })],
      });
      expect(answer.status).toBe(422);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body.rejected).toMatchObject([
        { index: 0, prediction_id: 'x1', code: 'type_mismatch', pointer: '/events/0/features/distance' },
        { index: 1, prediction_id: 'x2', code: 'type_mismatch', pointer: '/events/1/features/distance' },
      ]);
    });

    test('rejected rows are listed in the quarantine with index, code, pointer, detail and body', async () => {
      await post({
        events: [row('quarantined', { features: { distance: 'far away' } }), row('beside-quarantined')],
      });
      const { data } = await client().get<{ data: Record<string, unknown>[] }>(`${slug}/quarantine`, {
        limit: '1000',
      });
      const found = data.find((item) => item.prediction_id === 'quarantined');
      expect(found).toMatchObject({
        index: 0,
        code: 'type_mismatch',
        pointer: '/events/0/features/distance',
        detail: expect.any(String),
      });
    });

    test('dry_run validates only', async () => {
      const before = await status();
      const answer = await post({ events: [row('dry'), row('dry-bad', { rank: 'x' })] }, '?dry_run=true');
      expect([200, 202]).toContain(answer.status);
      expect(answer.body).toMatchObject({ accepted: 1, rejected: [{ index: 1, prediction_id: 'dry-bad' }] });
      expect((await client().call('GET', `${slug}/events/dry`)).status).toBe(404);
      expect((await status()).events).toBe(before.events);
      expect((await post({ events: [row('dry-bad', { rank: 'x' })] }, '?dry_run=true')).status).toBe(422);
    });

    test('gzip is accepted', async () => {
      const raw = new Uint8Array(gzipSync(JSON.stringify({ events: [row('gzip-1'), row('gzip-2')] })));
      const answer = await client().call<Receipt>('POST', `${slug}/events`, {
        raw,
        headers: { 'content-encoding': 'gzip' },
      });
      expect(answer.body).toMatchObject({ accepted: 2 });
    });

    test('10,000 events are one request, 10,001 are refused whole', async () => {
      const events = Array.from({ length: 10_001 }, (_, i) => ({
        prediction_id: `many-${i}`,
        prediction_timestamp: at,
        prediction_score: 0.2,
      }));
      const over = await post({ events });
      expect([413, 422]).toContain(over.status);
      expect((await client().call('GET', `${slug}/events/many-0`)).status).toBe(404);
      expect((await post({ events: events.slice(1) })).body).toMatchObject({ accepted: 10_000 });
    });

    test('ingest-status counts each id once and the parts catch up with it', async () => {
      const caughtUp = await until(status, ({ events, mirrored_events }) => events === mirrored_events);
      expect(Object.keys(caughtUp)).toEqual(
        expect.arrayContaining(['events', 'actuals', 'mirrored_events', 'last_event_at', 'lag_seconds']),
      );
      await post({ events: [row('counted'), row('counted'), row('dup')] });
      expect((await status()).events).toBe(caughtUp.events + 1);
      await until(status, ({ mirrored_events }) => mirrored_events === caughtUp.events + 1);
    });
  });
}
