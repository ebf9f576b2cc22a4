import { createDb, type Db } from '@plumbline/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
/** As another API process has it. */
let elsewhere: Db;
let projectId: string;
beforeAll(async () => {
  api = await openTestApi();
  elsewhere = createDb({ connectionString: api.config.databaseUrl });
  projectId = (await api.db.access.firstProject())?.id ?? '';
});
afterAll(async () => {
  await elsewhere.close();
  await api.close();
});

const event = (id: string, change: object = {}) => ({
  prediction_id: id,
  prediction_timestamp: at(1),
  model_version: '1',
  features: { distance: 1 },
  prediction_score: 0.7,
  ...change,
});
const post = (slug: string, events: object[]) => api.call('POST', `/v1/models/${slug}/events`, { events });

test('rows are judged by the schema as another process left it a moment ago', async () => {
  const slug = await api.putModel({ features: [{ name: 'distance', kind: 'numeric' }] });
  expect((await post(slug, [event('before')])).status).toBe(202);
  const task = 'binary_classification';
  const features = [{ name: 'distance', kind: 'categorical' as const, sensitive: false }];
  await elsewhere.models.put(projectId, { slug, task, features });
  const refused = await post(slug, [event('number')]);
  expect(refused).toMatchObject({ status: 422, body: { rejected: [{ code: 'type_mismatch' }] } });
  expect((await post(slug, [event('word', { features: { distance: 'far' } })])).status).toBe(202);
});

test('what is derived follows the threshold as another process left it a moment ago', async () => {
  const slug = await api.putModel({ decision_threshold: 0.5 });
  await post(slug, [event('a', { prediction_label: 'on_time' }), event('b')]);
  await elsewhere.models.put(projectId, { slug, task: 'binary_classification', decisionThreshold: 0.9 });
  await post(slug, [event('c')]);
  const label = async (id: string) =>
    (await api.call('GET', `/v1/models/${slug}/events/${id}`)).body.prediction_label;
  expect([await label('b'), await label('c')]).toEqual(['late', 'on_time']);
});

test('a model another process deleted is unknown, and one made anew under its name takes the rows', async () => {
  const slug = await api.putModel();
  await post(slug, [event('a')]);
  await elsewhere.models.remove(projectId, slug);
  expect((await post(slug, [event('b')])).status).toBe(404);
  const { model } = await elsewhere.models.put(projectId, { slug, task: 'binary_classification' });
  expect((await post(slug, [event('c')])).status).toBe(202);
  expect((await api.db.events.status(model.id)).events).toBe(1);
});

test('writers that bring new features at once lose no row', async () => {
  const slug = await api.putModel();
  await post(slug, [event('first')]);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, i) => post(slug, [event(`w${i}`, { features: { [`f${i}`]: i } })])),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(16).fill(202));
  const model = await api.db.models.find(projectId, slug);
  expect(model?.features).toHaveLength(17);
  expect((await api.db.events.status(model?.id ?? '')).events).toBe(17);
});
