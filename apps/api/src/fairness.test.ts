import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
let slug: string;
let ages: string;

/** A small generator with a fixed start: shares of [0, 1). */
function shares(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const next = shares(7);
/** Women are selected less often; of the four others nobody is named. A third has no actual. */
const rows = Array.from({ length: 900 }, (_, i) => {
  const sex = i < 4 ? 'X' : i % 20 === 0 ? null : next() < 0.5 ? 'F' : 'M';
  const score = Math.round(next() * (sex === 'F' ? 70 : 100)) / 100;
  const actual = i % 3 === 2 ? null : next() < score ? 'late' : 'on_time';
  return {
    id: `e${i}`,
    sex,
    score,
    actual,
    channel: i % 2 === 0 ? 'web' : 'desk',
    age: Math.floor(next() * 80),
  };
});

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel({
    features: [
      { name: 'sex', kind: 'categorical', sensitive: true },
      { name: 'age', kind: 'numeric' },
      { name: 'note', kind: 'text' },
    ],
    tags: [{ name: 'channel' }],
  });
  ages = `/v1/models/${slug}/fairness`;
  const events = rows.map(({ id, sex, score, actual, channel, age }, i) => ({
    prediction_id: id,
    prediction_timestamp: at(i / 60),
    prediction_score: score,
    features: { sex, age, note: id },
    tags: { channel },
    ...(actual === null ? {} : { actual_label: actual }),
  }));
  expect((await api.call('POST', `/v1/models/${slug}/events`, { events })).body.rejected).toEqual([]);
  await api.mirror(slug);
});
afterAll(() => api?.close());

const ask = async (parameters: [string, string][]) =>
  api.call('GET', `${ages}?${new URLSearchParams(parameters)}`);

type Row = (typeof rows)[number];
const isLate = ({ score }: Row) => score >= 0.5;
const count = (of: Row[], is: (row: Row) => boolean) => of.filter(is).length;

/** The metrics of some rows by plain counting: hits and n. */
function plain(of: Row[]): Record<string, [number, number]> {
  const known = of.filter(({ actual }) => actual !== null);
  const late = known.filter(({ actual }) => actual === 'late');
  const onTime = known.filter(({ actual }) => actual === 'on_time');
  const selected = known.filter(isLate);
  const rejected = known.filter((row) => !isLate(row));
  const isActual = ({ actual }: Row) => actual === 'late';
  return {
    selection_rate: [count(of, isLate), of.length],
    recall: [count(late, isLate), late.length],
    false_positive_rate: [count(onTime, isLate), onTime.length],
    specificity: [count(onTime, (row) => !isLate(row)), onTime.length],
    false_negative_rate: [count(late, (row) => !isLate(row)), late.length],
    precision: [count(selected, isActual), selected.length],
    false_omission_rate: [count(rejected, isActual), rejected.length],
    accuracy: [count(known, (row) => isLate(row) === isActual(row)), known.length],
    mean_score: [of.reduce((sum, { score }) => sum + score, 0), of.length],
    score_bias: [known.reduce((sum, row) => sum + row.score - Number(isActual(row)), 0), known.length],
  };
}

interface Shown {
  group: Record<string, string> | null;
  kind: string;
  n: number;
  n_labelled: number;
  filter: unknown;
  metrics: { metric: string; value: number; n: number; status: string; comparison: unknown }[];
}

function expectPlain(shown: Pick<Shown, 'metrics'> | undefined, of: Row[]) {
  const metrics = Object.fromEntries((shown?.metrics ?? []).map((metric) => [metric.metric, metric]));
  for (const [name, [hits, n]] of Object.entries(plain(of))) {
    expect(metrics[name]?.n, name).toBe(n);
    if (metrics[name]?.status === 'ok') expect(metrics[name]?.value, name).toBeCloseTo(hits / n, 12);
    else expect(metrics[name]?.value, name).toBeNull();
  }
}

describe('fairness', () => {
  test('every number equals plain counting; few are hidden, the missing are not compared', async () => {
    const { status, body } = await ask([['attribute', 'features.sex']]);
    expect(status).toBe(200);
    const groups: Shown[] = body.groups;
    expect(groups.map(({ kind }) => kind)).toEqual(['group', 'group', 'missing']);
    expect(body.small_groups).toMatchObject({ groups: 1, hidden: true });
    expect(JSON.stringify(body)).not.toContain('"X"');
    for (const shown of groups) {
      const of = rows.filter(({ sex }) => sex === (shown.group?.['features.sex'] ?? null));
      expect([shown.n, shown.n_labelled]).toEqual([of.length, count(of, ({ actual }) => actual !== null)]);
      expectPlain(shown, of);
    }
    expectPlain(
      body.overall,
      rows.filter(({ sex }) => sex !== 'X'),
    );
    const [men, women] = ['M', 'F'].map((name) => rows.filter(({ sex }) => sex === name));
    const [high = 0, low = 0] = [men, women].map((of = []) => count(of, isLate) / of.length);
    const parity = body.disparities[0];
    expect(parity).toMatchObject({ disparity: 'demographic_parity', status: 'ok', groups: 2 });
    expect(parity.difference).toBeCloseTo(high - low, 12);
    expect(parity.ratio).toBeCloseTo(low / high, 12);
    const female = groups.find(({ group }) => group?.['features.sex'] === 'F');
    expect(female?.metrics[0]?.comparison).toMatchObject({
      verdict: 'below',
      adjusted_p: expect.any(Number),
    });
    expect(groups[body.reference_group.position]?.group).toEqual({ 'features.sex': 'M' });
    expect(body.window).toEqual({ from: at(0), to: expect.any(String) });
  });

  test('the filter of a group selects its events; filters and windows narrow', async () => {
    const { body } = await ask([
      ['attribute', 'features.sex'],
      ['attribute', 'tags.channel'],
      ['reference_group', 'F'],
      ['reference_group', 'web'],
      ['to', at(10)],
    ]);
    const { group, filter } = body.groups[body.reference_group.position];
    expect([group, body.reference_group.chosen_by]).toEqual([
      { 'features.sex': 'F', 'tags.channel': 'web' },
      'query',
    ]);
    const of = rows.slice(0, 600).filter(({ sex, channel }) => sex === 'F' && channel === 'web');
    const narrowed = await ask([
      ['attribute', 'tags.channel'],
      ['filter', JSON.stringify(filter)],
      ['to', at(10)],
    ]);
    expect(narrowed.body.groups.map(({ n }: Shown) => n)).toEqual([of.length]);
    expectPlain(narrowed.body.groups[0], of);
  });

  test('numbers are cut into ranges whose filters find as many', async () => {
    const { body } = await ask([['attribute', 'features.age']]);
    const groups: Shown[] = body.groups;
    expect(groups.length).toBe(5);
    expect(groups.reduce((sum, { n }) => sum + n, 0)).toBe(900);
    const oldest = groups.find(({ group }) => group?.['features.age']?.startsWith('≥'));
    const least = Number(oldest?.group?.['features.age']?.slice(2));
    expectPlain(
      oldest,
      rows.filter(({ age }) => age >= least),
    );
  });

  test('another favourable label turns the rates over', async () => {
    const { body } = await ask([
      ['attribute', 'tags.channel'],
      ['favourable_label', 'on_time'],
    ]);
    const web: Shown | undefined = body.groups.find((one: Shown) => one.group?.['tags.channel'] === 'web');
    const of = rows.filter(({ channel }) => channel === 'web');
    const [late = 0, n = 0] = plain(of).selection_rate ?? [];
    expect(web?.metrics[0]).toMatchObject({
      metric: 'selection_rate',
      n,
      value: expect.closeTo(1 - late / n, 12),
    });
    const [found = 0, onTime = 0] = plain(of).specificity ?? [];
    expect(web?.metrics[1]).toMatchObject({ metric: 'recall', value: expect.closeTo(found / onTime, 12) });
  });

  test.each<[string, [string, string][]]>([
    ['no attribute', []],
    ['an unknown feature', [['attribute', 'features.nobody']]],
    ['a text', [['attribute', 'features.note']]],
    ['the score', [['attribute', 'prediction_score']]],
    ['four attributes', ['a', 'b', 'c', 'd'].map((tag) => ['attribute', `tags.${tag}`])],
    [
      'a reference group that is not there',
      [
        ['attribute', 'features.sex'],
        ['reference_group', 'Q'],
      ],
    ],
    [
      'a hidden reference group',
      [
        ['attribute', 'features.sex'],
        ['reference_group', 'X'],
      ],
    ],
    [
      'one value for two attributes',
      [
        ['attribute', 'tags.channel'],
        ['attribute', 'features.sex'],
        ['reference_group', 'F'],
      ],
    ],
    [
      'a label nobody has',
      [
        ['attribute', 'tags.channel'],
        ['favourable_label', 'early'],
      ],
    ],
  ])('%s is answered 422', async (_, parameters) => {
    const { status, body } = await ask(parameters);
    expect([status, body.type.split('/').at(-1)]).toEqual([422, 'bad-query']);
  });

  test('beside another window and the reference, every disparity says how it changed', async () => {
    const asked: [string, string][] = [
      ['attribute', 'features.sex'],
      ['from', at(8)],
      ['to', at(15)],
    ];
    const { body } = await ask([...asked, ['compare_to', 'previous_period']]);
    expect(body.compared_to).toMatchObject({
      kind: 'previous_period',
      from: at(1),
      to: at(8),
      n_events: 420,
    });
    const before = await ask([
      ['attribute', 'features.sex'],
      ['from', at(1)],
      ['to', at(8)],
    ]);
    for (const [i, disparity] of body.disparities.entries()) {
      const other = before.body.disparities[i];
      expect(disparity.compared).toMatchObject({
        difference: other.difference,
        ratio: other.ratio,
        groups: other.groups,
      });
      if (disparity.difference === null || other.difference === null)
        expect(disparity.compared.change).toBeNull();
      else expect(disparity.compared.change).toBeCloseTo(disparity.difference - other.difference, 12);
    }
    const [parity] = body.disparities;
    expect(parity.compared.change_lower).toBeLessThan(parity.compared.change);
    const alone = await ask([...asked, ['compare_to', 'reference']]);
    expect([alone.body.compared_to, alone.body.disparities[0].compared]).toEqual([null, null]);

    const taught = await api.putModel({ tags: [{ name: 'channel' }] });
    const row = (id: string, channel: string, isLate: boolean) => ({
      prediction_id: id,
      prediction_timestamp: at(0),
      prediction_label: isLate ? 'late' : 'on_time',
      tags: { channel },
    });
    const web = (id: string, late: number) =>
      Array.from({ length: 80 }, (_, i) => row(`${id}${i}`, i % 2 ? 'web' : 'desk', i < late));
    await api.call('POST', `/v1/models/${taught}/reference`, { events: web('r', 40) });
    await api.call('POST', `/v1/models/${taught}/events`, {
      events: web('e', 20).map((event, i) => ({ ...event, tags: { channel: i < 40 ? 'web' : 'desk' } })),
    });
    await api.mirror(taught);
    const grown = await api.call(
      'GET',
      `/v1/models/${taught}/fairness?attribute=tags.channel&compare_to=reference`,
    );
    expect(grown.body.compared_to).toMatchObject({ n_events: 80, n_labelled: 0 });
    expect(grown.body.disparities[0]).toMatchObject({
      difference: 0.5,
      compared: { difference: 0, change: 0.5 },
    });
  });

  test('the distribution of a sensitive feature names no value of a handful either', async () => {
    const { body } = await api.call('GET', `/v1/models/${slug}/distribution?column=sex`);
    const counts = body.bins.map((bin: { label: string; current_count: number }) => [
      bin.label,
      bin.current_count,
    ]);
    const of = (name: string) => count(rows, ({ sex }) => sex === name);
    expect(counts).toEqual([
      ['M', of('M')],
      ['F', of('F')],
      ['other', 4],
      ['unseen', 0],
    ]);
    expect(body.n_current).toBe(of('F') + of('M') + 4);
  });

  test('classes are compared one against the rest, numbers by their errors', async () => {
    const channelOf = (i: number) => (i % 2 === 0 ? 'web' : 'desk');
    const post = async (task: string, row: (i: number) => Record<string, unknown>) => {
      const model = await api.putModel({ task, positive_label: undefined, tags: [{ name: 'channel' }] });
      const events = Array.from({ length: 120 }, (_, i) => ({
        prediction_id: `e${i}`,
        prediction_timestamp: at(0),
        tags: { channel: channelOf(i) },
        ...row(i),
      }));
      expect((await api.call('POST', `/v1/models/${model}/events`, { events })).body.rejected).toEqual([]);
      await api.mirror(model);
      return (more = '') => api.call('GET', `/v1/models/${model}/fairness?attribute=tags.channel${more}`);
    };
    const label = (i: number) => ['a', 'b', 'c'][Math.floor(i / 2) % 3];
    const classes = await post('multiclass_classification', (i) => ({
      prediction_label: label(i),
      actual_label: i % 4 === 0 ? 'a' : label(i),
    }));
    const plainOnly = (await classes()).body;
    expect(plainOnly.metrics.map(({ metric }: { metric: string }) => metric)).toEqual(['accuracy']);
    expect(plainOnly).toMatchObject({ favourable_label: null, reference_group: { chosen_by: 'largest' } });
    const [web, desk] = [0, 1].map(
      (side) => Array.from({ length: 60 }, (_, j) => 2 * j + side).filter((i) => label(i) === 'a').length,
    );
    const rates = (await classes('&favourable_label=a')).body.groups.map(
      (group: Shown) => group.metrics[0]?.value,
    );
    expect(rates).toEqual([(desk ?? 0) / 60, (web ?? 0) / 60]);

    const numbers = await post('regression', (i) => ({
      prediction_score: i,
      actual_score: i % 2 === 0 ? i - 2 : i,
    }));
    const { body } = await numbers();
    const values = body.groups.map((group: Shown) => [
      group.group?.['tags.channel'],
      ...group.metrics.map(({ value }) => value),
    ]);
    expect(values).toEqual([
      ['desk', 0, 0, 60],
      ['web', 2, 2, 59],
    ]);
    expect((await numbers('&favourable_label=a')).status).toBe(422);
  });

  test('a model without events has no groups', async () => {
    const empty = await api.putModel({ tags: [{ name: 'channel' }] });
    const { status, body } = await api.call('GET', `/v1/models/${empty}/fairness?attribute=tags.channel`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ window: null, groups: [], reference_group: null });
  });
});
