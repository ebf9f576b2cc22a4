import { secondOpinionsAnswer } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
let slug: string;

const wave = (i: number) => ((i * 7919) % 1000) / 10;
/** Every tenth event lacks the distance. */
const eventOf = (side: string, start: number, shift: number) => (_: unknown, i: number) => ({
  prediction_id: `${side}-${i}`,
  prediction_timestamp: at(start + i / 60),
  features: {
    distance: i % 10 === 0 ? null : wave(i) + shift,
    origin: ['LAS', 'ORD', 'JFK'][i % (shift > 0 ? 2 : 3)],
    flag: i % 2 === 0,
  },
  prediction_score: (i % 10) / 10,
});

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel();
  for (const [path, start, shift] of [
    ['reference', -48, 0],
    ['events', 0, 20],
  ] as const) {
    const events = Array.from({ length: 300 }, eventOf(path, start, shift));
    const answer = await api.call('POST', `/v1/models/${slug}/${path}`, { events });
    expect(answer.body.rejected).toEqual([]);
  }
  await api.mirror(slug);
});
afterAll(() => api.close());

const ask = (query: Record<string, string>, model = slug) =>
  api.call('GET', `/v1/models/${model}/drift/tests?${new URLSearchParams(query)}`);

type Answered = {
  test: string;
  n_reference: number;
  n_current: number;
  p_value: number | null;
  status: string;
};
const named = (tests: Answered[], name: string) => tests.find((found) => found.test === name);

describe('second opinions on a column', () => {
  test('of numbers count the values that are present, and are the same again', async () => {
    const { status, body } = await ask({ column: 'distance' });
    expect(status).toBe(200);
    expect(secondOpinionsAnswer.parse(body)).toEqual(body);
    expect(body.sample).toEqual({ limit: 10_000, events_reference: 300, events_current: 300 });
    for (const found of body.tests)
      expect(found).toMatchObject({ n_reference: 270, n_current: 270, status: 'ok' });
    expect(named(body.tests, 'ks')?.p_value).toBeLessThan(1e-4);
    expect(named(body.tests, 'welch_t')?.p_value).toBeLessThan(1e-4);
    expect((await ask({ column: 'distance' })).body).toEqual(body);
  });

  test.each([
    ['origin', 'categorical', 'chi_square'],
    ['flag', 'boolean', 'fisher_exact'],
    ['prediction_score', 'numeric', 'anderson_darling'],
  ])('%s, %s, has its tests', async (column, kind, name) => {
    const { body } = await ask({ column });
    expect(body).toMatchObject({ column, kind, reference: { kind: 'upload' } });
    expect(named(body.tests, name)).toMatchObject({ status: 'ok', n_reference: 300, n_current: 300 });
  });

  test('of a window, a cohort and another comparison look at just those rows', async () => {
    const hours = { from: at(1), to: at(2), compare_to: JSON.stringify({ from: at(0), to: at(1) }) };
    const { body } = await ask({ column: 'origin', ...hours });
    expect(body.reference).toEqual({ kind: 'range', from: at(0), to: at(1) });
    expect(named(body.tests, 'chi_square')).toMatchObject({ n_reference: 60, n_current: 60, p_value: 1 });
    const filter = JSON.stringify({ field: 'features.flag', op: 'eq', value: true });
    expect(named((await ask({ column: 'origin', filter })).body.tests, 'chi_square')).toMatchObject({
      n_reference: 150,
      n_current: 150,
    });
  });

  test('without a reference there are none, and without events each says so', async () => {
    const bare = await api.putModel();
    await api.call('POST', `/v1/models/${bare}/events`, { events: [eventOf('bare', 0, 0)(null, 1)] });
    const { status, body } = await ask({ column: 'distance' }, bare);
    expect([status, body.reference, body.tests]).toEqual([200, null, []]);
    const empty = await ask({ column: 'distance', from: at(200), to: at(201) });
    expect(new Set(empty.body.tests.map((found: Answered) => found.status))).toEqual(new Set(['empty']));
  });

  test.each([
    ['no column', {}],
    ['an unknown one', { column: 'nothing' }],
    ['an unreadable filter', { column: 'distance', filter: '{' }],
  ])('%s is refused', async (_, query) => {
    const { status, body } = await ask(query);
    expect([status, body.type]).toEqual([422, expect.stringContaining('bad-query')]);
  });
});
