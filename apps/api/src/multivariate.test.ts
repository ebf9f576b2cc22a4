import type { MultivariateAnswer, MultivariateWindow } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
let slug: string;
const path = () => `/v1/models/${slug}/drift/multivariate`;
const week = (number: number) => ({ from: at(number * 168), to: at(number * 168 + 168) });
const answer = async (query = ''): Promise<MultivariateAnswer> =>
  (await api.call('GET', `${path()}${query}`)).body;

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel();
});
afterAll(() => api.close());

test('a model without a reference has nothing to compare with', async () => {
  expect(await answer()).toEqual({ reference: null, windows: [] });
  expect((await api.call('POST', path(), week(0))).status).toBe(409);
});

describe('with a reference', () => {
  beforeAll(async () => {
    const events = Array.from({ length: 10 }, (_, i) => ({
      prediction_id: `r-${i}`,
      prediction_timestamp: at(i),
      features: { distance: i },
    }));
    await api.call('POST', `/v1/models/${slug}/reference`, { events });
  });

  test('a window that is asked for waits at its Location and in the list', async () => {
    const { status, headers, body } = await api.call('POST', path(), week(0));
    expect(status).toBe(202);
    expect(body).toMatchObject({ state: 'waiting', source: 'request', progress: 0, result: null });
    expect(new Date(body.window.from)).toEqual(new Date(at(0)));
    expect((await api.call('GET', String(headers.location))).body).toEqual(body);
    expect(await answer()).toMatchObject({ reference: { rows: 10 }, windows: [body] });
    expect((await api.call('POST', path(), week(0))).body.id).toBe(body.id);
  });

  test('the list holds the windows that touch the asked range, newest first', async () => {
    for (const number of [2, 1]) await api.call('POST', path(), week(number));
    const of = async (query: string) =>
      (await answer(query)).windows.map(({ window }) => new Date(window.from));
    const [first, second, third] = [0, 1, 2].map((number) => new Date(week(number).from));
    expect(await of('')).toEqual([third, second, first]);
    expect(await of(`?from=${encodeURIComponent(week(0).to)}`)).toEqual([third, second]);
    expect(await of(`?to=${encodeURIComponent(week(1).from)}`)).toEqual([first]);
    expect(await of('?limit=1')).toEqual([third]);
    expect(await of('?environment=validation')).toEqual([]);
  });

  test('a waiting comparison is stopped at once; one that is over cannot be', async () => {
    const [newest]: MultivariateWindow[] = (await answer()).windows;
    const cancel = `${path()}/${newest?.id}/cancel`;
    expect((await api.call('POST', cancel)).body).toMatchObject({ state: 'cancelled' });
    expect((await api.call('POST', `${path()}/none/cancel`)).status).toBe(404);
  });

  test('windows of one day are listed alone, or left out', async () => {
    await api.call('POST', path(), { from: at(0), to: at(24) });
    const lengths = async (query: string) =>
      (await answer(query)).windows.map(({ window }) => Date.parse(window.to) - Date.parse(window.from));
    expect(await lengths('?days=only')).toEqual([24 * 3_600_000]);
    expect(await lengths('?days=none')).toEqual(Array(3).fill(168 * 3_600_000));
    expect((await lengths('')).length).toBe(4);
    expect((await api.call('GET', `${path()}?days=some`)).status).toBe(422);
  });

  test.each([
    ['no range', {}],
    ['an empty range', { from: at(1), to: at(1) }],
    ['a range that ends before it begins', { from: at(2), to: at(1) }],
    ['no time', { from: 'yesterday', to: at(1) }],
    ['another environment', { ...week(0), environment: 'staging' }],
  ])('refuses %s', async (_, body) => {
    expect((await api.call('POST', path(), body)).status).toBe(422);
  });
});
