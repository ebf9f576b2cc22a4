import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi, t0 } from './test-api.ts';

/*
 * Two days of 240 events each against a reference of 480. Numbers are compared with plain computation over the
 * posted rows.
 */
interface Row {
  prediction_id: string;
  prediction_timestamp: string;
  model_version: string;
  features: { distance: number; origin: string };
  prediction_score: number;
  actual_label: string | null;
}

let api: TestApi;
let slug: string;

/** A fixed sequence in [0, 1), the same on every run. */
function sequence(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function makeRows(prefix: string, n: number, shift: number, startHours: number): Row[] {
  const next = sequence(7 + n + shift);
  return Array.from({ length: n }, (_, i) => {
    const score = Math.round(next() * 1000) / 1000;
    return {
      prediction_id: `${prefix}${i}`,
      prediction_timestamp: at(startHours + (i * 24) / n),
      model_version: i % 3 === 0 ? 'v2' : 'v1',
      features: { distance: Math.round(next() * 1000) + shift, origin: next() < 0.6 ? 'LAS' : 'ORD' },
      prediction_score: score,
      actual_label: i % 4 === 3 ? null : next() < score ? 'late' : 'on_time',
    };
  });
}

const reference = makeRows('r', 480, 0, -24 * 7);
const days = [makeRows('a', 240, 0, 0), makeRows('b', 240, 400, 24)];
const rows = days.flat();
const get = async (question: string, query: Record<string, string> = {}) => {
  const answer = await api.call('GET', `/v1/models/${slug}/${question}?${new URLSearchParams(query)}`);
  expect([answer.status, answer.status === 200 ? null : answer.body]).toEqual([200, null]);
  return answer.body;
};

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel();
  const answer = await api.call('POST', `/v1/models/${slug}/reference`, { events: reference });
  expect([answer.status, answer.body]).toEqual([
    202,
    {
      batch_id: expect.any(String),
      accepted: 480,
      duplicates: 0,
      rejected: [],
      reference_id: expect.any(String),
    },
  ]);
  expect((await api.call('POST', `/v1/models/${slug}/events`, { events: rows })).body.accepted).toBe(480);
  await api.mirror(slug);
});
afterAll(() => api.close());

const isLate = (row: Row) => row.prediction_score >= 0.5;
const labelled = (list: Row[]) => list.filter((row) => row.actual_label !== null);
const accuracy = (list: Row[]) => {
  const known = labelled(list);
  return known.filter((row) => isLate(row) === (row.actual_label === 'late')).length / known.length;
};

test('the reference does not count as events, and brings the default monitors', async () => {
  expect(await get('ingest-status')).toMatchObject({
    events: 480,
    mirrored_events: 480,
    actuals: labelled(rows).length,
  });
  const { data } = await get('monitors');
  expect(data.length).toBeGreaterThan(3);
  expect(data[0]).toMatchObject({ created_by: 'default', judged_until: null, last_state: 'waiting' });
  expect((await api.call('GET', `/v1/models/${slug}`)).body.has_reference).toBe(true);
});

describe('drift', () => {
  const columns = async (query: Record<string, string>) => {
    const { columns: list } = await get('drift', query);
    return Object.fromEntries(list.map((column: { column: string }) => [column.column, column]));
  };

  test('is found where it is and only there', async () => {
    const second = await columns({ from: at(24), to: at(48) });
    expect(second.distance).toMatchObject({
      drifted: true,
      n_reference: 480,
      n_current: 240,
      kind: 'numeric',
    });
    expect(second.origin).toMatchObject({ drifted: false, n_current: 240, kind: 'categorical' });
    const metrics = second.distance.metrics.map((row: { metric: string }) => row.metric);
    expect(metrics).toEqual(
      expect.arrayContaining([
        'psi',
        'js_distance',
        'hellinger',
        'wasserstein_normed',
        'ks',
        'tvd',
        'l_infinity',
      ]),
    );
    expect((await columns({ from: at(0), to: at(24) })).distance.drifted).toBe(false);
  });

  test('of a category has the total variation distance of the shares', async () => {
    const share = (list: Row[]) => list.filter((row) => row.features.origin === 'LAS').length / list.length;
    const { origin } = await columns({});
    const tvd = origin.metrics.find((row: { metric: string }) => row.metric === 'tvd');
    expect(tvd.value).toBeCloseTo(Math.abs(share(reference) - share(rows)), 12);
  });

  test.each([
    ['previous_period', { from: at(24), to: at(48), compare_to: 'previous_period' }],
    ['a range', { from: at(24), to: at(48), compare_to: JSON.stringify({ from: at(0), to: at(24) }) }],
  ])('against %s compares with those events', async (_name, query) => {
    const { reference: other, columns: list } = await get('drift', query);
    expect(other).toMatchObject({ from: at(0), to: at(24), n: 240 });
    expect(list[0].n_reference).toBe(240);
  });
});

describe('windows, versions and filters select the same events whichever way they are answered', () => {
  test.each<[string, Record<string, string>, (row: Row, ms: number) => boolean]>([
    ['everything', {}, () => true],
    ['whole days', { from: at(0), to: at(24) }, (_, ms) => ms < t0 + 24 * 3_600_000],
    [
      'hours across midnight',
      { from: at(20), to: at(30) },
      (_, ms) => ms >= Date.parse(at(20)) && ms < Date.parse(at(30)),
    ],
    [
      'minutes',
      { from: at(1.25), to: at(9.75) },
      (_, ms) => ms >= Date.parse(at(1.25)) && ms < Date.parse(at(9.75)),
    ],
    ['a version', { version: 'v2' }, (row) => row.model_version === 'v2'],
    [
      'a filter',
      { filter: JSON.stringify({ field: 'features.origin', op: 'eq', value: 'ORD' }) },
      (row) => row.features.origin === 'ORD',
    ],
    ['another environment', { environment: 'training' }, () => false],
  ])('%s', async (_name, query, selects) => {
    const chosen = rows.filter((row) => selects(row, Date.parse(row.prediction_timestamp)));
    const known = labelled(chosen);
    const body = await get('performance', query);
    expect(body).toMatchObject({ n_events: chosen.length, n_labelled: known.length });
    expect(body.compared_to).toMatchObject({ kind: 'upload' });
    if (chosen.length === 0) return;
    const byName = Object.fromEntries(body.metrics.map((row: { metric: string }) => [row.metric, row]));
    if (known.length >= 30) expect(byName.accuracy.value).toBeCloseTo(accuracy(chosen), 12);
    expect(body.confusion_matrix).toMatchObject({
      tp: known.filter((row) => isLate(row) && row.actual_label === 'late').length,
      fp: known.filter((row) => isLate(row) && row.actual_label !== 'late').length,
      fn: known.filter((row) => !isLate(row) && row.actual_label === 'late').length,
      tn: known.filter((row) => !isLate(row) && row.actual_label !== 'late').length,
    });
    expect(body.confusion_matrix.labels.sort()).toEqual(['late', 'on_time']);
  });
});

test('a time series has a point for every window, empty ones too', async () => {
  const { points, granularity, column } = await get('timeseries', {
    metric: 'volume',
    from: at(-24),
    to: at(48),
    granularity: 'day',
  });
  expect([granularity, column]).toEqual(['day', null]);
  expect(
    points.map((point: { window_start: string; value: number | null; status: string }) => [
      point.window_start,
      point.value,
      point.status,
    ]),
  ).toEqual([
    [at(-24), 0, 'ok'],
    [at(0), 240, 'ok'],
    [at(24), 240, 'ok'],
  ]);
  const drift = await get('timeseries', { metric: 'psi', column: 'distance', granularity: 'day' });
  expect(drift.points.map((point: { value: number }) => point.value > 0.2)).toEqual([false, true]);
  expect(drift.points[0].threshold).toBeGreaterThan(0);
});

test('a distribution counts every value once', async () => {
  const { bins, n_current, n_reference } = await get('distribution', {
    column: 'distance',
    from: at(24),
    to: at(48),
  });
  const sum = (key: string) =>
    bins.reduce((total: number, bin: Record<string, number>) => total + (bin[key] ?? 0), 0);
  expect([n_current, sum('current_count'), n_reference, sum('reference_count')]).toEqual([
    240, 240, 480, 480,
  ]);
  expect(sum('current_share')).toBeCloseTo(1, 12);
});

test('quality counts what lies outside the reference', async () => {
  const { columns, n_events } = await get('quality');
  expect(n_events).toBe(480);
  const max = Math.max(...reference.map((row) => row.features.distance));
  const min = Math.min(...reference.map((row) => row.features.distance));
  const outside = rows.filter((row) => row.features.distance > max || row.features.distance < min).length;
  expect(columns.find((column: { column: string }) => column.column === 'distance').out_of_range).toBe(
    outside,
  );
});

test('slices give each group its own numbers', async () => {
  const { status, body } = await api.call('POST', `/v1/models/${slug}/slices`, {
    group_by: ['features.origin', 'model_version'],
    metrics: ['accuracy', 'volume'],
    order_by: 'volume',
  });
  expect(status).toBe(200);
  expect(body.truncated).toBe(false);
  expect(body.rows.length).toBe(4);
  for (const { group, metrics, n, n_labelled } of body.rows) {
    const chosen = rows.filter(
      (row) => row.features.origin === group['features.origin'] && row.model_version === group.model_version,
    );
    expect([n, n_labelled, metrics.volume]).toEqual([chosen.length, labelled(chosen).length, chosen.length]);
    expect(metrics.accuracy).toBeCloseTo(accuracy(chosen), 12);
  }
});

test('events are listed newest first, page by page, each once', async () => {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { data: { prediction_id: string }[]; next_cursor: string | null } = await get('events', {
      limit: '100',
      ...(cursor === null ? {} : { cursor }),
    });
    ids.push(...page.data.map((row) => row.prediction_id));
    cursor = page.next_cursor;
  } while (cursor !== null);
  const expected = rows.toSorted((a, b) => (a.prediction_timestamp < b.prediction_timestamp ? 1 : -1));
  expect(ids).toEqual(expected.map((row) => row.prediction_id));
});

describe('a question that cannot be asked', () => {
  test.each<[string, string, Record<string, string>]>([
    ['bad-query', 'drift', { from: 'yesterday' }],
    ['bad-query', 'drift', { from: at(2), to: at(1) }],
    ['bad-query', 'drift', { filter: '{' }],
    ['bad-query', 'drift', { filter: '{"field":"x","op":"eq","value":1}' }],
    [
      'bad-query',
      'drift',
      { filter: `${'{"not":'.repeat(50)}{"field":"actual_label","op":"is_null"}${'}'.repeat(50)}` },
    ],
    ['bad-query', 'drift', { compare_to: 'yesterday' }],
    ['bad-query', 'drift', { environment: 'staging' }],
    ['bad-query', 'timeseries', { metric: 'nope' }],
    ['bad-query', 'timeseries', { metric: 'psi' }],
    ['bad-query', 'distribution', { column: 'nope' }],
    [
      'too-many-buckets',
      'timeseries',
      { metric: 'volume', granularity: 'hour', from: '1990-01-01', to: '2026-01-01' },
    ],
  ])('%s: %s %o', async (problem, question, query) => {
    const { status, body } = await api.call(
      'GET',
      `/v1/models/${slug}/${question}?${new URLSearchParams(query)}`,
    );
    expect([status, body.type?.split('/').pop()]).toEqual([422, problem]);
  });

  test.each([
    { group_by: ['features.nope'], metrics: ['volume'] },
    { group_by: ['features.origin'], metrics: ['nope'] },
    { group_by: ['features.origin'], metrics: ['volume'], order_by: 'nope' },
    { group_by: ['features.origin'], metrics: ['volume'], filter: { field: 'x' } },
    { group_by: [], metrics: ['volume'] },
  ])('slices %o', async (body) => {
    expect((await api.call('POST', `/v1/models/${slug}/slices`, body)).status).toBe(422);
  });
});

test('a model without events or reference answers every question with nothing', async () => {
  const empty = await api.putModel();
  for (const question of [
    'drift',
    'performance',
    'quality',
    'events',
    'timeseries?metric=accuracy',
    'ingest-status',
  ]) {
    const { status } = await api.call('GET', `/v1/models/${empty}/${question}`);
    expect([question, status]).toEqual([question, 200]);
  }
});

test('without a reference, distributions and quality have bins made from the events themselves', async () => {
  const bare = await api.putModel();
  await api.call('POST', `/v1/models/${bare}/events`, { events: days[0] });
  await api.mirror(bare);
  const { body } = await api.call('GET', `/v1/models/${bare}/distribution?column=origin`);
  expect(body).toMatchObject({ n_reference: null, n_current: 240 });
  expect((await api.call('GET', `/v1/models/${bare}/quality`)).body.columns.length).toBeGreaterThan(1);
});

test('a reference can be a CSV file whose columns are mapped', async () => {
  const other = await api.putModel();
  const lines = reference.map((row) =>
    [
      row.prediction_id,
      row.prediction_timestamp,
      row.features.distance,
      row.features.origin,
      row.prediction_score,
      row.actual_label ?? '',
      'x',
    ].join(),
  );
  const csv = [
    'id,time,distance,origin,prediction_score,actual_label,junk',
    ...lines,
    'bad,yesterday,1,LAS,0.5,,',
  ].join('\r\n');
  const map = { id: 'prediction_id', time: 'prediction_timestamp', junk: null };
  const url = (given: unknown) =>
    `/v1/models/${other}/reference?map=${encodeURIComponent(JSON.stringify(given))}`;
  const answer = await api.call('POST', url(map), csv, {
    headers: { 'content-type': 'text/csv; charset=utf-8' },
  });
  expect([answer.status, answer.body.accepted, answer.body.rejected[0].code]).toEqual([
    202,
    480,
    'bad_timestamp',
  ]);
  await api.call('POST', `/v1/models/${other}/events`, { events: rows });
  await api.mirror(other);
  const drift = async (model: string) => (await api.call('GET', `/v1/models/${model}/drift`)).body.columns;
  expect(await drift(other)).toEqual(await drift(slug));
  const wrong = await api.call('POST', url({ none: 'rank' }), csv, {
    headers: { 'content-type': 'text/csv' },
  });
  expect([wrong.status, wrong.body.type.split('/').pop()]).toEqual([422, 'bad-query']);
});

test('a reference can be taken from a range of production', async () => {
  const other = await api.putModel();
  await api.call('POST', `/v1/models/${other}/events`, { events: rows });
  await api.mirror(other);
  const answer = await api.call('POST', `/v1/models/${other}/reference`, { from: at(0), to: at(24) });
  expect([answer.status, answer.body.accepted]).toEqual([202, 240]);
  await api.mirror(other);
  const { body } = await api.call('GET', `/v1/models/${other}/drift?from=${at(24)}&to=${at(48)}`);
  expect(body.reference).toMatchObject({ kind: 'range', n: 240 });
  const empty = await api.call('POST', `/v1/models/${other}/reference`, {
    from: '1999-01-01',
    to: '1999-02-01',
  });
  expect(empty.status).toBe(422);
});
