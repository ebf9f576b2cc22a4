import { describe, expect, test } from 'vitest';
import { type Client, type Page, until } from './client.ts';

interface Model {
  model: string;
  task: string;
  display_name: string;
  positive_label: string | null;
  decision_threshold: number | null;
  features: { name: string; kind: string; min?: number; max?: number; sensitive: boolean }[];
  tags: { name: string; sensitive: boolean }[];
}

const body = {
  task: 'binary_classification',
  display_name: 'Flight delays',
  positive_label: 'late',
  decision_threshold: 0.5,
  features: [
    { name: 'distance', kind: 'numeric', min: 0, max: 5000, sensitive: false },
    { name: 'origin', kind: 'categorical' },
    { name: 'weekend', kind: 'boolean' },
    { name: 'remark', kind: 'text' },
    { name: 'note', kind: 'embedding' },
  ],
  tags: [{ name: 'channel', sensitive: true }],
};

export function modelsContract(client: () => Client): void {
  describe('models', () => {
    test('PUT creates, is idempotent, GET gives what was put', async () => {
      const first = await client().call<Model>('PUT', '/v1/models/full.model_1-a', { body });
      expect([200, 201]).toContain(first.status);
      const second = await client().call<Model>('PUT', '/v1/models/full.model_1-a', { body });
      expect(second.status).toBe(200);
      const { features, ...rest } = await client().get<Model>('/v1/models/full.model_1-a');
      expect(rest).toMatchObject({
        task: 'binary_classification',
        display_name: 'Flight delays',
        positive_label: 'late',
        decision_threshold: 0.5,
        tags: body.tags,
      });
      expect(features.map(({ name, kind }) => [name, kind])).toEqual(
        body.features.map(({ name, kind }) => [name, kind]),
      );
      expect(features[0]).toMatchObject(body.features[0] ?? {});
    });

    test('PUT again edits', async () => {
      await client().send('PUT', '/v1/models/edited', body);
      await client().send('PUT', '/v1/models/edited', {
        ...body,
        display_name: 'New name',
        decision_threshold: 0.25,
      });
      expect(await client().get('/v1/models/edited')).toMatchObject({
        display_name: 'New name',
        decision_threshold: 0.25,
      });
    });

    test.each(['binary_classification', 'multiclass_classification', 'regression', 'ranking'])(
      'task %s with nothing else',
      async (task) => {
        const extra = task === 'binary_classification' ? { positive_label: 'yes' } : {};
        const model = await client().send<Model>('PUT', `/v1/models/task-${task}`, { task, ...extra });
        expect(model.task).toBe(task);
      },
    );

    test.each([
      ['an upper-case slug', 'Upper', body, [404, 422]],
      ['a slug that begins with a dot', '.dot', body, [404, 422]],
      ['a slug of 65 letters', 'a'.repeat(65), body, [404, 422]],
      ['an unknown task', 'bad', { task: 'clustering' }, [422]],
      ['no task', 'bad', {}, [422]],
      ['a feature of an unknown kind', 'bad', { ...body, features: [{ name: 'x', kind: 'blob' }] }, [422]],
      ['the same feature twice', 'bad', { ...body, features: [body.features[0], body.features[0]] }, [422]],
      ['a threshold that is a string', 'bad', { ...body, decision_threshold: '0.5' }, [422]],
      [
        '1,001 features',
        'bad',
        { ...body, features: Array.from({ length: 1001 }, (_, i) => ({ name: `f${i}`, kind: 'numeric' })) },
        [422],
      ],
      [
        'a feature name of 257 letters',
        'bad',
        { ...body, features: [{ name: 'f'.repeat(257), kind: 'numeric' }] },
        [422],
      ],
      ['an array as body', 'bad', [], [422]],
    ])('%s is refused with the pointer of the fault', async (_, slug, wrong, statuses) => {
      const answer = await client().call('PUT', `/v1/models/${slug}`, { body: wrong });
      expect(statuses).toContain(answer.status);
      if (slug === 'bad') expect(answer.body.errors?.[0]).toMatchObject({ pointer: expect.any(String) });
      expect((await client().call('GET', '/v1/models/bad')).status).toBe(404);
    });

    test('a slug of 64 letters, digits, dots, underscores and hyphens is fine', async () => {
      const slug = `0${'a.b_c-d9'.repeat(8)}`.slice(0, 64);
      await client().send('PUT', `/v1/models/${slug}`, body);
      await client().send('DELETE', `/v1/models/${slug}`);
    });

    test('an unknown model is 404 unknown-model on every route under it', async () => {
      const routes: [string, string, unknown?][] = [
        ['GET', ''],
        ['DELETE', ''],
        [
          'POST',
          '/events',
          { events: [{ prediction_id: 'a', prediction_timestamp: '2001-02-01T00:00:00Z' }] },
        ],
        ['POST', '/actuals', { actuals: [{ prediction_id: 'a', actual_label: 'x' }] }],
        ['POST', '/reference', { trailing_days: 7 }],
        ['GET', '/events/a'],
        ['GET', '/events/a/explanation'],
        ['GET', '/ingest-status'],
        ['GET', '/quarantine'],
        ['GET', '/drift'],
        ['GET', '/distribution?column=x'],
        ['GET', '/timeseries?metric=volume'],
        ['GET', '/performance'],
        ['GET', '/quality'],
        ['POST', '/slices', { group_by: ['model_version'], metrics: ['volume'] }],
        ['GET', '/monitors'],
        ['GET', '/monitors/00000000-0000-4000-8000-000000000000'],
      ];
      for (const [method, path, sent] of routes) {
        const answer = await client().call(method, `/v1/models/absent${path}`, sent ? { body: sent } : {});
        expect([path, answer.status, answer.body.type.split('/').at(-1)]).toEqual([
          path,
          404,
          'unknown-model',
        ]);
      }
    });

    test('the list is paged by limit and cursor, each model once', async () => {
      const all = await client().get<Page<Model>>('/v1/models');
      expect(all.next_cursor).toBeNull();
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<Model> = await client().get('/v1/models', {
          limit: '2',
          ...(cursor ? { cursor } : {}),
        });
        expect(page.data.length).toBeLessThanOrEqual(2);
        seen.push(...page.data.map((model) => model.display_name + model.task));
        cursor = page.next_cursor;
      } while (cursor !== null);
      expect(seen).toEqual(all.data.map((model) => model.display_name + model.task));
      expect(seen.length).toBeGreaterThan(4);
    });

    test('DELETE removes the model and all it had', async () => {
      const events = [
        { prediction_id: 'a', prediction_timestamp: '2001-02-01T00:00:00Z', prediction_score: 0.3 },
      ];
      await client().send('PUT', '/v1/models/gone', body);
      await client().send('POST', '/v1/models/gone/events', { events });
      const answer = await client().call('DELETE', '/v1/models/gone');
      expect([200, 202, 204]).toContain(answer.status);
      expect((await client().call('GET', '/v1/models/gone')).status).toBe(404);
      await client().send('PUT', '/v1/models/gone', body);
      expect((await client().call('GET', '/v1/models/gone/events/a')).status).toBe(404);
      expect(await client().get('/v1/models/gone/ingest-status')).toMatchObject({
        events: 0,
        actuals: 0,
        mirrored_events: 0,
      });
    });

    test('features left out are inferred from the first events and can be edited', async () => {
      await client().send('PUT', '/v1/models/inferred', { task: 'regression' });
      const events = Array.from({ length: 60 }, (_, i) => ({
        prediction_id: `i-${i}`,
        prediction_timestamp: '2001-02-01T00:00:00Z',
        prediction_score: i,
        features: { size: i + 0.5, colour: i % 2 ? 'red' : 'blue', isNew: i % 3 === 0 },
        tags: { channel: 'web' },
      }));
      await client().send('POST', '/v1/models/inferred/events', { events });
      const model = await until(
        () => client().get<Model>('/v1/models/inferred'),
        ({ features }) => features.length > 0,
      );
      const kinds = Object.fromEntries(model.features.map(({ name, kind }) => [name, kind]));
      expect(kinds).toEqual({ size: 'numeric', colour: 'categorical', isNew: 'boolean' });
      expect(model.tags.map(({ name }) => name)).toEqual(['channel']);
      await client().send('PUT', '/v1/models/inferred', {
        task: 'regression',
        features: [
          { name: 'size', kind: 'numeric', min: 0, max: 10 },
          { name: 'colour', kind: 'categorical' },
        ],
      });
      const edited = await client().get<Model>('/v1/models/inferred');
      expect(edited.features.find(({ name }) => name === 'size')).toMatchObject({ min: 0, max: 10 });
    });
  });
}
