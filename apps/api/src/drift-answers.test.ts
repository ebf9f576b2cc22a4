import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

interface Case {
  title: string;
  kind: 'numeric' | 'categorical';
  evidently: { value: number; threshold: number; drifted: boolean };
  nannyml: { value: number; threshold: number; drifted: boolean };
  reference: (number | string | null)[];
  current: (number | string | null)[];
}
const fixture = new URL('../../../packages/metrics/fixtures/libraries.fixture.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };
const pick = (title: string): Case => {
  const found = cases.find((candidate) => candidate.title === title);
  if (!found) throw new Error(`no case "${title}"`);
  return found;
};
/** Cases of 300 reference and 200 current rows, as the features of one model. */
const features: Record<string, Case> = {
  distance: pick('lognormal'),
  origin: pick('three categories'),
  flag: pick('two categories'),
  stops: pick('four values'),
  gate: pick('three categories, values missing'),
};

let api: TestApi;
let slug: string;

const eventsOf = (side: 'reference' | 'current', start: number) =>
  Array.from({ length: features.distance?.[side].length ?? 0 }, (_, i) => ({
    prediction_id: `${side}-${i}`,
    prediction_timestamp: at(start + i / 60),
    model_version: 'v1',
    features: Object.fromEntries(
      Object.entries(features).map(([name, values]) => [name, values[side][i] ?? null]),
    ),
    prediction_score: (i % 10) / 10,
    shap_values: { distance: -3, origin: 1 },
  }));

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel();
  for (const [path, side, start] of [
    ['reference', 'reference', -48],
    ['events', 'current', 0],
  ] as const) {
    const answer = await api.call('POST', `/v1/models/${slug}/${path}`, { events: eventsOf(side, start) });
    expect(answer.body.rejected).toEqual([]);
  }
  await api.mirror(slug);
});
afterAll(() => api.close());

const ask = async (query: Record<string, string>) => {
  const answer = await api.call('GET', `/v1/models/${slug}/drift?${new URLSearchParams(query)}`);
  expect([answer.status, answer.status === 200 ? null : answer.body]).toEqual([200, null]);
  return answer.body;
};

describe.each(['evidently', 'nannyml'] as const)('drift by the rules of %s', (library) => {
  test.each(Object.entries(features))('of %s is what the library itself says', async (name, expected) => {
    const { profile, columns } = await ask({ profile: library });
    expect(profile).toBe(library);
    const column = columns.find((candidate: { column: string }) => candidate.column === name);
    const [metric] = column.metrics;
    expect(column).toMatchObject({ drifted: expected[library].drifted, primary: metric.metric });
    expect(metric).toMatchObject({ status: 'ok', exactness: 'exact', method: expect.any(String) });
    expect(metric.value).toBeCloseTo(expected[library].value, 8);
    expect(metric.threshold).toBeCloseTo(expected[library].threshold, 8);
    expect(column.n_current).toBe(expected.current.filter((value) => value !== null).length);
  });

  test('counts features alone, and weighs them', async () => {
    const { dataset, columns } = await ask({ profile: library });
    const names = Object.keys(features);
    const drifted = names.filter((name) => features[name]?.[library].drifted);
    expect(dataset).toMatchObject({
      columns: names.length,
      drifted_columns: drifted.length,
      drifted_share: drifted.length / names.length,
      drifted: drifted.length / names.length >= 0.5,
      importance_of: 'reference',
    });
    const importance = (name: string) =>
      columns.find((column: { column: string }) => column.column === name).importance;
    expect([importance('distance'), importance('origin'), importance('flag')]).toEqual([0.75, 0.25, 0]);
  });

  test('of other windows and cohorts compares just those rows', async () => {
    const filter = JSON.stringify({ field: 'features.flag', op: 'eq', value: 'true' });
    const { columns } = await ask({ profile: library, filter });
    const trues = (side: 'reference' | 'current') =>
      features.flag?.[side].filter((value) => value === 'true').length;
    expect(columns[0]).toMatchObject({ n_reference: trues('reference'), n_current: trues('current') });
    const halves = { from: at(1), to: at(2), compare_to: JSON.stringify({ from: at(0), to: at(1) }) };
    const { columns: other } = await ask({ profile: library, ...halves });
    expect(other[0]).toMatchObject({ n_reference: 60, n_current: 60 });
  });
});

test('drift of attributions is part of the answer', async () => {
  const { attribution } = await ask({});
  expect(attribution).toMatchObject({ ndcg: 1, drifted: false, n_reference: 300, n_current: 200 });
  expect(attribution.features[0]).toEqual({
    column: 'distance',
    share_reference: 0.75,
    share_current: 0.75,
    rank_reference: 1,
    rank_current: 1,
  });
});

test.each(['drifted_share', 'weighted_drifted_share', 'significant_columns', 'attribution_ndcg'])(
  '%s over time is that of the whole window, cohorts too',
  async (metric) => {
    const range = { from: at(0), to: at(24), granularity: 'day' };
    const filter = JSON.stringify({ field: 'features.distance', op: 'gt', value: 0 });
    const { dataset, attribution } = await ask(range);
    const expected = {
      drifted_share: dataset.drifted_share,
      weighted_drifted_share: dataset.weighted_share,
      significant_columns: dataset.significant_columns,
      attribution_ndcg: attribution.ndcg,
    }[metric];
    for (const query of [
      { ...range, metric },
      { ...range, metric, filter },
    ]) {
      const path = `/v1/models/${slug}/timeseries?${new URLSearchParams(query)}`;
      const [point] = (await api.call('GET', path)).body.points;
      expect(point).toMatchObject({ status: 'ok', value: expected });
    }
  },
);

describe('the timeline', () => {
  const timeline = async (query: Record<string, string>) => {
    const path = `/v1/models/${slug}/drift/timeline?${new URLSearchParams(query)}`;
    return (await api.call('GET', path)).body;
  };

  test.each<[string, Record<string, string>]>([
    ['stored profiles', {}],
    ['a cohort', { filter: JSON.stringify({ field: 'features.distance', op: 'gt', value: 1 }) }],
    ['another range', { compare_to: JSON.stringify({ from: at(0), to: at(1) }) }],
  ])('says of every window what its drift answer says: %s', async (_, query) => {
    const range = { from: at(0), to: at(4) };
    const { windows, columns } = await timeline({ ...range, ...query, granularity: 'hour' });
    expect(windows).toEqual([at(0), at(1), at(2), at(3)]);
    for (const [i, from] of windows.entries()) {
      const { columns: rows } = await ask({ from, to: at(i + 1), ...query });
      for (const [j, row] of rows.entries()) {
        const primary = row.metrics.find((metric: { metric: string }) => metric.metric === row.primary);
        const { points, ...column } = columns[j];
        expect(column).toEqual({
          column: row.column,
          kind: row.kind,
          role: row.role,
          metric: row.primary,
          threshold: primary.threshold,
        });
        const { value, n, status, drifted } = points[i];
        expect({ value, n, status, drifted }).toEqual({
          value: primary.value,
          n: row.n_current,
          status: primary.status,
          drifted: row.drifted,
        });
      }
    }
  });

  test('holds the last 60 windows, and says how many there are', async () => {
    const { windows, windows_total: total } = await timeline({
      from: at(-100),
      to: at(4),
      granularity: 'hour',
    });
    expect([windows.length, windows[0], total]).toEqual([60, at(-56), 104]);
  });

  test('is empty without a reference', async () => {
    const bare = await api.putModel();
    const { status, body } = await api.call('GET', `/v1/models/${bare}/drift/timeline`);
    expect([status, body.windows, body.columns]).toEqual([200, [], []]);
  });
});

test('a profile that does not exist is refused', async () => {
  const answer = await api.call('GET', `/v1/models/${slug}/drift?profile=other`);
  expect([answer.status, answer.body.type]).toEqual([422, expect.stringContaining('bad-query')]);
});
