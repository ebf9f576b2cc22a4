import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

const features = [
  { name: 'carried', kind: 'numeric' },
  { name: 'late_comer', kind: 'categorical' },
  { name: 'never', kind: 'numeric' },
  { name: 'note', kind: 'text' },
];
const rowsOf = (prefix: string, extra: object, hours: number) =>
  Array.from({ length: 60 }, (_, i) => ({
    prediction_id: `${prefix}${i}`,
    prediction_timestamp: at(hours),
    features: { carried: i, ...extra },
  }));

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const ask = (slug: string, question: string) => api.call('GET', `/v1/models/${slug}/${question}`);

describe.each([
  ['without a reference', false],
  ['with a reference', true],
])('a column the schema declares, %s', (_name, hasReference) => {
  let slug: string;
  beforeAll(async () => {
    slug = await api.putModel({ features });
    if (hasReference)
      await api.call('POST', `/v1/models/${slug}/reference`, { events: rowsOf('r', {}, -24) });
    await api.call('POST', `/v1/models/${slug}/events`, { events: rowsOf('e', { late_comer: 'a' }, 1) });
    await api.mirror(slug);
  });

  test('and no event carries has no bins and no values', async () => {
    const { status, body } = await ask(slug, 'distribution?column=never');
    expect([status, body]).toMatchObject([
      200,
      { column: 'never', kind: 'numeric', bins: [], n_current: 0, missing_current: 60 },
    ]);
    expect([body.n_reference, body.missing_reference]).toEqual(hasReference ? [0, 60] : [null, null]);
    for (const metric of ['missing_rate', 'psi']) {
      const series = await ask(slug, `timeseries?metric=${metric}&column=never`);
      expect([series.status, series.body.points[0]]).toMatchObject([
        200,
        { value: null, n: 0, status: 'empty' },
      ]);
    }
  });

  test('and only production carries has bins made from production', async () => {
    const { body } = await ask(slug, 'distribution?column=late_comer');
    expect(body).toMatchObject({ n_reference: hasReference ? 0 : null, n_current: 60 });
    expect(body.bins[0]).toMatchObject({ label: 'a', current_count: 60 });
    const series = await ask(slug, 'timeseries?metric=missing_rate&column=late_comer');
    expect(series.body.points[0]).toMatchObject({ value: 0, status: 'ok' });
  });

  test.each(['nope', 'note', 'tags.x', 'model_version'])('%s is no column and 422', async (column) => {
    for (const question of ['distribution?', 'timeseries?metric=missing_rate&']) {
      const { status, body } = await ask(slug, `${question}column=${column}`);
      expect([status, body.type?.split('/').pop()]).toEqual([422, 'bad-query']);
    }
  });
});

test.each(['never', 'prediction_score'])(
  '%s of a model without events is answered with nothing',
  async (column) => {
    const slug = await api.putModel({ features });
    expect((await ask(slug, `distribution?column=${column}`)).body).toMatchObject({ bins: [], n_current: 0 });
    expect((await ask(slug, `timeseries?metric=missing_rate&column=${column}`)).status).toBe(200);
  },
);
