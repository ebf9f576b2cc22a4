import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi, t0 } from './test-api.ts';

/* 100 hours of 4 events each; labels of event i come i mod 50 hours later, every fifth never. */
const hour = 3_600_000;
const n = 400;
let api: TestApi;
let slug: string;

const hoursOf = (i: number) => i / 4;
const delayOf = (i: number) => (i % 5 === 4 ? null : (i % 50) + 1);
const eventOf = (i: number) => {
  const delay = delayOf(i);
  return {
    prediction_id: `p${i}`,
    prediction_timestamp: at(hoursOf(i)),
    features: { distance: i % 97, origin: i % 3 === 0 ? 'LAS' : 'ORD' },
    prediction_score: (i % 10) / 10,
    ...(delay === null ? {} : { actual_label: 'late', actual_timestamp: at(hoursOf(i) + delay) }),
  };
};
const events = Array.from({ length: n }, (_, i) => eventOf(i));

const get = async (question: string, query: Record<string, string> = {}) => {
  const answer = await api.call('GET', `/v1/models/${slug}/${question}?${new URLSearchParams(query)}`);
  expect([answer.status, answer.status === 200 ? null : answer.body]).toEqual([200, null]);
  return answer.body;
};

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel();
  expect((await api.call('POST', `/v1/models/${slug}/events`, { events })).body.accepted).toBe(n);
  await api.mirror(slug);
});
afterAll(() => api.close());

const delays = events.flatMap((_, i) => delayOf(i) ?? []).sort((a, b) => a - b);
const exact = (q: number) => (delays[Math.ceil(q * delays.length) - 1] ?? 0) * 3600;

test.each([
  ['stored or scanned hours', {}],
  ['a cohort of everything', { filter: JSON.stringify({ field: 'features.distance', op: 'gte', value: 0 }) }],
])('of %s: how late labels come, and how old the newest event is', async (_, query) => {
  const to = at(120);
  const { arrival } = await get('quality', { from: at(0), to, ...query });
  expect(arrival).toMatchObject({ n_events: n, n_labelled: delays.length, n_timed: delays.length });
  expect(arrival.freshness).toEqual({
    newest: new Date(t0 + hoursOf(n - 1) * hour).toISOString(),
    at: new Date(to).toISOString(),
    age_seconds: (120 - hoursOf(n - 1)) * 3600,
  });
  expect(arrival.delays).toHaveLength(4);
  for (const { quantile, seconds, status } of arrival.delays) {
    if (quantile === 0.99) expect(status).toBe('insufficient_data');
    else expect(Math.abs(seconds - exact(quantile))).toBeLessThanOrEqual(arrival.delay_error * seconds);
  }
  const byDay = arrival.coverage_by_age.find((row: { age_seconds: number }) => row.age_seconds === 86_400);
  const within = delays.filter((delay) => delay * 3600 <= 86_400 * (1 + arrival.delay_error)).length;
  expect(byDay).toMatchObject({ n_events: n, coverage: byDay.n_labelled / n });
  expect(Math.abs(byDay.n_labelled - within)).toBeLessThanOrEqual(delays.length / 40);
});

test('both are metrics over time, and windows without events grow old', async () => {
  const range = { from: at(96), to: at(144), granularity: 'day' };
  const age = await get('timeseries', { ...range, metric: 'freshness_seconds' });
  const last = hoursOf(n - 1);
  expect(age.points.map(({ value }: { value: number }) => value)).toEqual(
    [120, 144].map((end) => (end - last) * 3600),
  );
  const delay = await get('timeseries', {
    from: at(0),
    to: at(104),
    granularity: 'week',
    metric: 'label_delay_p95',
  });
  const [point] = delay.points.filter(({ n: labels }: { n: number }) => labels > 0);
  expect(point).toMatchObject({ status: 'ok', n: delays.length, label_coverage: 0.8 });
  expect(Math.abs(point.value - exact(0.95))).toBeLessThanOrEqual(0.045 * point.value);
});

test('features that no longer go together are found, as plain ranks tell', async () => {
  const size = 200;
  const rowsOf = (prefix: string, start: number, yOf: (i: number) => number) =>
    Array.from({ length: size }, (_, i) => ({
      prediction_id: `${prefix}${i}`,
      prediction_timestamp: at(start + i / 10),
      features: { x: i, y: yOf(i), kind: i % 4 === 0 ? 'a' : 'b', half: i < size / 2 ? 'low' : 'high' },
      prediction_score: 0.5,
    }));
  const shuffled = (i: number) => (i * 77) % size;
  const other = await api.putModel();
  const path = `/v1/models/${other}`;
  await api.call('POST', `${path}/reference`, { events: rowsOf('r', -200, (i) => i) });
  await api.call('POST', `${path}/events`, { events: rowsOf('e', 0, shuffled) });
  await api.mirror(other);
  const { status, body } = await api.call('GET', `${path}/quality/correlations`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    sample: { events_reference: size, events_current: size },
    columns_total: 4,
    importance_of: null,
  });
  expect(body.pairs).toHaveLength(6);
  const pairOf = (a: string, b: string) =>
    body.pairs.find(({ columns }: { columns: string[] }) => columns.includes(a) && columns.includes(b));
  const squares = Array.from({ length: size }, (_, i) => (i - shuffled(i)) ** 2).reduce(
    (sum, d) => sum + d,
    0,
  );
  const { reference, current, changed, adjusted_p: p } = pairOf('x', 'y');
  expect(reference).toBeCloseTo(1, 12);
  expect(current).toBeCloseTo(1 - (6 * squares) / (size * (size ** 2 - 1)), 12);
  expect([changed, p < 0.05]).toEqual([true, true]);
  expect(pairOf('y', 'half')).toMatchObject({ measure: 'correlation_ratio', changed: true });
  expect(pairOf('kind', 'half')).toMatchObject({ measure: 'cramers_v', changed: false, status: 'ok' });
  expect(pairOf('x', 'kind').changed).toBe(false);

  const within = await api.call(
    'GET',
    `${path}/quality/correlations?compare_to=previous_period&from=${at(10)}&to=${at(20)}`,
  );
  expect(within.body.reference.kind).toBe('previous_period');
  expect(within.body.sample).toMatchObject({ events_reference: 100, events_current: 100 });
  const without = await api.call('GET', `/v1/models/${slug}/quality/correlations`);
  expect([without.status, without.body.reference, without.body.pairs]).toEqual([200, null, []]);
});

test('rows that repeat others are counted by day and held against days of the reference', async () => {
  const perDay = 50;
  const dayOf = (prefix: string, day: number, different: number) =>
    Array.from({ length: perDay }, (_, i) => ({
      prediction_id: `${prefix}${day}-${i}`,
      prediction_timestamp: at(day * 24 + i / 4),
      features: { x: day * 1000 + (i % different), origin: i % 2 === 0 ? 'LAS' : null },
      prediction_score: 0.5,
    }));
  const other = await api.putModel();
  const path = `/v1/models/${other}`;
  const reference = [-8, -7, -6, -5, -4, -3].flatMap((day) => dayOf('r', day, perDay));
  await api.call('POST', `${path}/reference`, { events: reference });
  await api.call('POST', `${path}/events`, { events: [...dayOf('e', 0, perDay), ...dayOf('e', 1, 10)] });
  await api.mirror(other);
  const { status, body } = await api.call('GET', `${path}/quality/repeats`);
  expect([status, body.n, body.distinct, body.share, body.features]).toEqual([200, 100, 60, 0.4, 2]);
  expect(body.usual).toEqual({ windows: 6, mean: 0, limit: 0.01 });
  expect(body.points.map((point: Record<string, unknown>) => [point.distinct, point.unusual])).toEqual([
    [50, false],
    [10, true],
  ]);
  const fine = await api.call(
    'GET',
    `${path}/quality/repeats?granularity=hour&from=${at(-87600)}&to=${at(0)}`,
  );
  expect([fine.status, fine.body.type.split('/').at(-1)]).toEqual([422, 'too-many-buckets']);
  const without = await api.call('GET', `/v1/models/${slug}/quality/repeats?granularity=week`);
  expect([without.body.n, without.body.usual, without.body.points[0].unusual]).toEqual([n, null, null]);
});
