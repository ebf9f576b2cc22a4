import type { Expectation, ExpectationResult, ExpectationsAnswer } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

/* A reference of 10 days with 100 rows each, then a good day and one on which a channel is written in another way. */
let api: TestApi;
let slug: string;

const row = (prefix: string, hour: number, i: number, channel?: string) => ({
  prediction_id: `${prefix}-${i}`,
  prediction_timestamp: at(hour),
  prediction_score: (i % 10) / 10,
  features: { x: (i * 37) % 100, channel: channel ?? ['web', 'app', 'shop'][i % 3], secret: `s${i % 2}` },
});
const rowsOf = (prefix: string, from: number, n: number, channel?: string) =>
  Array.from({ length: n }, (_, i) => row(prefix, from + (i * 24) / 100, i, channel));

const path = () => `/v1/models/${slug}/expectations`;
const get = async <T>(url: string): Promise<T> => {
  const { status, body } = await api.call('GET', url);
  expect([status, status === 200 ? null : body]).toEqual([200, null]);
  return body;
};
const quality = async (from: number, to: number, more = '') =>
  (
    await get<{ expectations: { version: number | null; broken: number; results: ExpectationResult[] } }>(
      `/v1/models/${slug}/quality?from=${at(from)}&to=${at(to)}${more}`,
    )
  ).expectations;
const find = (results: ExpectationResult[], kind: string, column: string | null) =>
  results.find((result) => result.kind === kind && result.column === column);

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel({ features: [{ name: 'secret', kind: 'categorical', sensitive: true }] });
  const reference = rowsOf('r', -24 * 20, 1000);
  expect((await api.call('POST', `/v1/models/${slug}/reference`, { events: reference })).status).toBe(202);
  const events = [...rowsOf('a', 0, 100), ...rowsOf('b', 24, 100, 'WEB')];
  const refused = { ...row('bad', 1, 1), features: { x: 'far' } };
  expect((await api.call('POST', `/v1/models/${slug}/events`, { events: [...events, refused] })).status).toBe(
    202,
  );
  await api.mirror(slug);
});
afterAll(() => api.close());

test('a model without a reference has nothing to suggest, and its quality no expectations', async () => {
  const bare = await api.putModel();
  expect(await get(`/v1/models/${bare}/expectations`)).toEqual({
    current: null,
    proposal: null,
    changes: [],
  });
  expect((await get<{ expectations: null }>(`/v1/models/${bare}/quality`)).expectations).toBeNull();
});

test('until one is accepted, windows are judged by what the reference suggests', async () => {
  const { current, proposal, changes } = await get<ExpectationsAnswer>(path());
  expect([current, proposal?.n_reference]).toEqual([null, 1000]);
  expect(changes.map(({ change }) => change)).toEqual(proposal?.expectations.map(() => 'added'));
  const good = await quality(0, 24);
  expect(good.version).toBeNull();
  expect(good.results.filter(({ status }) => status === 'broken')).toEqual([]);
  expect(find(good.results, 'volume', null)).toMatchObject({ status: 'met', element_count: 1 });
  expect(find(good.results, 'freshness', null)).toMatchObject({ status: 'met' });
  const bad = await quality(24, 48);
  expect(find(bad.results, 'known_values', 'channel')).toMatchObject({
    status: 'broken',
    element_count: 100,
    unexpected_count: 100,
    unexpected_percent: 100,
    examples: [{ value: 'WEB', count: 100 }],
  });
});

test('refused rows are counted in the window they were received in', async () => {
  const now = Date.now();
  const window = `from=${new Date(now - 7_200_000).toISOString()}&to=${new Date(now + 3_600_000).toISOString()}`;
  const { expectations } = await get<{ expectations: { results: ExpectationResult[] } }>(
    `/v1/models/${slug}/quality?${window}`,
  );
  expect(find(expectations.results, 'type', 'x')).toMatchObject({
    status: 'broken',
    element_count: 201,
    unexpected_count: 1,
  });
});

test('of a cohort, what is known of all events alone stays unknown', async () => {
  const { results } = await quality(0, 24, '&version=none');
  for (const kind of ['volume', 'type', 'freshness']) {
    const of = results.filter((result) => result.kind === kind);
    expect(of.length).toBeGreaterThan(0);
    for (const result of of) expect(result.status).toBe('unknown');
  }
});

describe('versions', () => {
  const put = (based_on: number, expectations: unknown[], summary?: string) =>
    api.call('PUT', path(), { based_on, expectations, ...(summary ? { summary } : {}) });
  let proposal: Expectation[];

  test('a suggestion is accepted, edited, and every step kept with its changes', async () => {
    proposal = (await get<ExpectationsAnswer>(path())).proposal?.expectations ?? [];
    const first = await put(0, proposal);
    expect([first.status, first.body.version]).toEqual([200, 1]);
    const edited = proposal
      .filter(({ kind }) => kind !== 'freshness')
      .map((one) =>
        one.kind === 'known_values' && one.column === 'channel'
          ? { ...one, parameters: { ...one.parameters, also: ['WEB'] } }
          : one,
      );
    const second = await put(1, edited, 'channels are written in capitals now');
    expect(second.body).toMatchObject({ version: 2, summary: 'channels are written in capitals now' });
    const sources = second.body.expectations.filter(({ source }: { source: string }) => source === 'edited');
    expect(sources.map(({ expectation }: { expectation: Expectation }) => expectation.column)).toEqual([
      'channel',
    ]);
    const { data, next_cursor } = await get<{
      data: { version: number; changes: { change: string }[] }[];
      next_cursor: null;
    }>(`${path()}/versions`);
    expect(next_cursor).toBeNull();
    expect(data.map(({ version, changes }) => [version, changes.map(({ change }) => change)])).toEqual([
      [2, ['changed', 'removed']],
      [1, proposal.map(() => 'added')],
    ]);
    const bad = await quality(24, 48);
    expect(bad.version).toBe(2);
    expect(find(bad.results, 'known_values', 'channel')).toMatchObject({ status: 'met' });
  });

  test('a chart and a monitor judge by the version that was accepted', async () => {
    const { points } = await get<{ points: { value: number | null; status: string; n: number }[] }>(
      `/v1/models/${slug}/timeseries?metric=broken_expectations&granularity=day&from=${at(0)}&to=${at(72)}`,
    );
    expect(points.map(({ status, n }) => [status, n])).toEqual([
      ['ok', 100],
      ['ok', 100],
      ['empty', 0],
    ]);
    expect(points[0]?.value).toBe(0);
    expect(points[1]?.value).toBeGreaterThan(0);
    const rule = { name: 'Expectations', metric: 'broken_expectations' };
    const constant = { kind: 'constant', warning: 0, direction: 'above' };
    const preview = await api.call('POST', `/v1/models/${slug}/monitors/preview`, {
      ...rule,
      threshold: constant,
    });
    expect([preview.status, preview.body.would_have_opened]).toEqual([200, 1]);
    const learnt = await api.call('POST', `/v1/models/${slug}/monitors`, {
      ...rule,
      threshold: { kind: 'auto' },
    });
    expect([learnt.status, learnt.body.type.split('/').pop()]).toEqual([422, 'bad-rule']);
  });

  test('pages of versions each know the changes from the one before', async () => {
    const page = await get<{ data: { version: number; changes: unknown[] }[]; next_cursor: string }>(
      `${path()}/versions?limit=1`,
    );
    expect(page.data.map(({ version, changes }) => [version, changes.length])).toEqual([[2, 2]]);
    const rest = await get<{ data: { version: number }[] }>(`${path()}/versions?cursor=${page.next_cursor}`);
    expect(rest.data.map(({ version }) => version)).toEqual([1]);
  });

  test('an edit of a version that is not the newest is refused', async () => {
    const answer = await put(1, proposal);
    expect([answer.status, answer.body.type.split('/').pop()]).toEqual([409, 'conflict']);
  });

  test('values of a sensitive column are not shown', async () => {
    const strict = proposal.map((one) => (one.column === 'secret' ? { ...one, enabled: true } : one));
    await put(2, strict);
    const events = rowsOf('c', 48, 40).map((event) => ({
      ...event,
      features: { ...event.features, secret: 'private' },
    }));
    await api.call('POST', `/v1/models/${slug}/events`, { events });
    await api.mirror(slug);
    const { results } = await quality(48, 72);
    expect(find(results, 'known_values', 'secret')).toMatchObject({ status: 'broken', examples: [] });
    const { columns } = await get<{
      columns: { column: string; unseen: number; unseen_values: unknown[] }[];
    }>(`/v1/models/${slug}/quality?from=${at(48)}&to=${at(72)}`);
    expect(columns.find(({ column }) => column === 'secret')).toMatchObject({
      unseen: 40,
      unseen_values: [],
    });
  });

  test.each<[string, unknown]>([
    ['an unknown column', [{ kind: 'present', column: 'nope', parameters: { mostly: 1 } }]],
    ['a share above 1', [{ kind: 'present', column: 'x', parameters: { mostly: 1.5 } }]],
    ['an unknown kind', [{ kind: 'wish', column: 'x', parameters: {} }]],
    ['a column of the prototype', [{ kind: 'present', column: '__proto__', parameters: { mostly: 1 } }]],
  ])('%s is refused', async (_, expectations) => {
    const answer = await put(3, expectations as unknown[]);
    expect([answer.status, answer.body.type.split('/').pop()]).toEqual([422, 'validation-failed']);
  });
});
