import { toColumnarModel } from '@plumbline/columnar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
let slug: string;

const event = (i: number) => ({
  prediction_id: `p${i}`,
  prediction_timestamp: at(i % 48),
  features: { distance: i },
  prediction_score: (i % 10) / 10,
});
const post = async (path: string, body: unknown) => {
  const answer = await api.call('POST', `/v1/models/${slug}/${path}`, body);
  expect([answer.status, answer.body.rejected]).toEqual([202, []]);
};
const actual = (i: number, label: string, hours = 100) => ({
  prediction_id: `p${i}`,
  actual_label: label,
  actual_timestamp: at(hours),
});
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

interface Known {
  n_events: number;
  n_labelled: number;
  accuracy: number | null;
}
const ask = async (query: Record<string, string> = {}): Promise<Known> => {
  const { status, body } = await api.call(
    'GET',
    `/v1/models/${slug}/performance?${new URLSearchParams(query)}`,
  );
  expect(status).toBe(200);
  const accuracy = body.metrics.find(({ metric }: { metric: string }) => metric === 'accuracy');
  return { n_events: body.n_events, n_labelled: body.n_labelled, accuracy: accuracy.value };
};

/** What the answer was at each moment, asked at that moment. */
const moments: { time: string; known: Known }[] = [];

async function remember(): Promise<void> {
  await api.mirror(slug);
  moments.push({ known: await ask(), time: new Date().toISOString() });
}

async function mergeAllParts(): Promise<void> {
  const project = await api.db.access.firstProject();
  const model = await api.db.models.find(project?.id ?? '', slug);
  if (!model) throw new Error(`no model ${slug}`);
  const parts = await api.db.parts.live(model.id, { kinds: ['events', 'actuals'] });
  const merged = await api.columnar.merge(toColumnarModel(model), parts);
  expect([parts.length > 1, merged.length]).toEqual([true, 1]);
  const replaced = parts.map(({ id }) => id);
  expect(await api.db.parts.replace(model.id, replaced, merged)).toBe(true);
}

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel();
  await post('events', { events: ids(0, 100).map(event) });
  await remember();
  await post('actuals', { actuals: ids(0, 60).map((i) => actual(i, i % 2 ? 'late' : 'on_time')) });
  await remember();
  await post('events', { events: ids(100, 150).map(event) });
  await post('actuals', { actuals: ids(60, 120).map((i) => actual(i, 'late')) });
  await remember();
  // Corrections: later ones replace, an earlier one does not.
  await post('actuals', { actuals: ids(0, 20).map((i) => actual(i, 'late', 101)) });
  await post('actuals', { actuals: ids(20, 30).map((i) => actual(i, 'late', 99)) });
  await remember();
  await post('actuals', { actuals: ids(0, 5).map((i) => actual(i, 'on_time', 102)) });
  await remember();
});
afterAll(() => api?.close());

describe('as_of', () => {
  test('gives at every moment what was answered then, also after corrections', async () => {
    expect(moments.map(({ known }) => [known.n_events, known.n_labelled])).toEqual([
      [100, 0],
      [100, 60],
      [150, 120],
      [150, 120],
      [150, 120],
    ]);
    expect(new Set(moments.map(({ known }) => known.accuracy)).size).toBe(5);
    for (const { time, known } of moments) expect(await ask({ as_of: time })).toEqual(known);
  });

  test('holds for every window of a series, and after parts were merged', async () => {
    await mergeAllParts();
    for (const { time, known } of moments) {
      const { status, body } = await api.call(
        'GET',
        `/v1/models/${slug}/timeseries?${new URLSearchParams({ metric: 'label_coverage', granularity: 'day', as_of: time })}`,
      );
      expect([status, body.as_of]).toEqual([200, time]);
      const n = body.points.reduce((sum: number, point: { n: number }) => sum + point.n, 0);
      const labelled = body.points.reduce(
        (sum: number, point: { n: number; value: number | null }) => sum + point.n * (point.value ?? 0),
        0,
      );
      expect([n, Math.round(labelled)]).toEqual([known.n_events, known.n_labelled]);
      expect(await ask({ as_of: time })).toEqual(known);
    }
  });

  test('applies a filter on actuals to what was known', async () => {
    const filter = JSON.stringify({ field: 'actual_label', op: 'eq', value: 'on_time' });
    const counts = await Promise.all(moments.map(({ time }) => ask({ as_of: time, filter })));
    expect(counts.map(({ n_events }) => n_events)).toEqual([0, 30, 30, 20, 25]);
  });

  test('before anything was received knows nothing, and a time that is none is refused', async () => {
    expect(await ask({ as_of: '2001-01-01' })).toMatchObject({ n_events: 0, n_labelled: 0 });
    const { status, body } = await api.call('GET', `/v1/models/${slug}/performance?as_of=yesterday`);
    expect([status, body.errors[0].pointer]).toEqual([422, 'as_of']);
  });
});
