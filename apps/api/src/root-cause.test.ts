import type { ChangeDimension, DiscoverSlicesAnswer, ExplainChangeAnswer } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

/*
 * Two days against a reference. On the second day flights from ORD on long routes are predicted worse, and more flights
 * start at ORD. Numbers are compared with plain computation over the posted rows.
 */
interface Row {
  prediction_id: string;
  prediction_timestamp: string;
  features: { distance: number | null; origin: string | null; wet: boolean };
  tags: { channel: string };
  prediction_score: number;
  actual_label: string | null;
}

let api: TestApi;
let slug: string;

function sequence(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function makeRows(prefix: string, n: number, startHours: number, bad: number): Row[] {
  const next = sequence(n + startHours + 991);
  for (let i = 0; i < 20; i++) next();
  return Array.from({ length: n }, (_, i) => {
    const origin = next() < 0.03 ? null : next() < 0.3 + bad / 3 ? 'ORD' : next() < 0.5 ? 'LAS' : 'SEA';
    const distance = next() < 0.02 ? null : Math.round(next() * 3000);
    const isHard = origin === 'ORD' && (distance ?? 0) > 1800;
    const score = Math.round(next() * 1000) / 1000;
    const isWrong = next() < (isHard ? 0.15 + bad : 0.15);
    const isLate = score >= 0.5 !== isWrong;
    return {
      prediction_id: `${prefix}${i}`,
      prediction_timestamp: at(startHours + (i * 24) / n),
      features: { distance, origin, wet: next() < 0.4 },
      tags: { channel: next() < 0.5 ? 'web' : 'app' },
      prediction_score: score,
      actual_label: i % 5 === 4 ? null : isLate ? 'late' : 'on_time',
    };
  });
}

const reference = makeRows('r', 1500, -24 * 7, 0);
const days = [makeRows('a', 2000, 0, 0), makeRows('b', 2400, 24, 0.5)] as const;
const firstDay = { from: at(0), to: at(24) };
const secondDay = { from: at(24), to: at(48) };

beforeAll(async () => {
  api = await openTestApi();
  slug = await api.putModel({
    tags: [{ name: 'channel' }],
    features: [
      { name: 'distance', kind: 'numeric' },
      { name: 'origin', kind: 'categorical' },
      { name: 'wet', kind: 'boolean' },
    ],
  });
  expect((await api.call('POST', `/v1/models/${slug}/reference`, { events: reference })).status).toBe(202);
  for (const events of days)
    expect((await api.call('POST', `/v1/models/${slug}/events`, { events })).body.accepted).toBe(
      events.length,
    );
  await api.mirror(slug);
});
afterAll(() => api.close());

async function post<T>(question: string, body: object): Promise<T> {
  const answer = await api.call('POST', `/v1/models/${slug}/${question}`, body);
  expect([answer.status, answer.status === 200 ? null : answer.body]).toEqual([200, null]);
  return answer.body;
}
const explain = (body: object) =>
  post<ExplainChangeAnswer>('explain-change', { ...secondDay, compare_to: firstDay, limit: 100, ...body });
const discover = (body: object = {}) =>
  post<DiscoverSlicesAnswer>('slices/discover', { ...secondDay, ...body });

const isPredictedLate = (row: Row) => row.prediction_score >= 0.5;
const labelled = (rows: readonly Row[]) => rows.filter((row) => row.actual_label !== null);
const isWrong = (row: Row) => isPredictedLate(row) !== (row.actual_label === 'late');
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const accuracy = (rows: readonly Row[]) => mean(labelled(rows).map((row) => 1 - Number(isWrong(row))));
function recall(rows: readonly Row[]) {
  const positives = labelled(rows).filter((row) => row.actual_label === 'late');
  return positives.filter(isPredictedLate).length / positives.length;
}
const total = ({ segments }: ChangeDimension) =>
  segments.reduce((sum, { contribution }) => sum + contribution, 0);

/** The events a segment's filter selects, as any other question counts them. */
async function counted(filter: unknown, window: { from: string; to: string }) {
  const query = new URLSearchParams({ ...window, filter: JSON.stringify(filter) });
  return (await api.call('GET', `/v1/models/${slug}/performance?${query}`)).body;
}

describe('explain-change', () => {
  test('accuracy: values, and contributions of every dimension that add up to the change', async () => {
    const answer = await explain({ metric: 'accuracy' });
    expect(answer).toMatchObject({
      status: 'ok',
      method: 'mix_rate',
      n: labelled(days[1]).length,
      n_compared: labelled(days[0]).length,
      compared: { kind: 'range', ...firstDay },
    });
    const change = accuracy(days[1]) - accuracy(days[0]);
    expect(answer.change).toBeCloseTo(change, 12);
    expect(answer.lower).toBeLessThan(change);
    expect(answer.upper).toBeGreaterThan(change);
    expect(answer.upper).toBeLessThan(0);
    expect(answer.dimensions.map(({ field }) => field).sort()).toEqual([
      'features.distance',
      'features.origin',
      'features.wet',
      'tags.channel',
    ]);
    for (const dimension of answer.dimensions) expect(total(dimension)).toBeCloseTo(change, 12);
    expect(['features.origin', 'features.distance']).toContain(answer.dimensions[0]?.field);
  });

  test('a segment is what its filter selects, and its rate and mix follow from shares and means', async () => {
    const answer = await explain({ metric: 'accuracy' });
    const origin = answer.dimensions.find(({ field }) => field === 'features.origin');
    expect(origin?.segments.map(({ label }) => label).sort()).toEqual(['LAS', 'ORD', 'SEA', 'missing']);
    const ord = origin?.segments.find(({ label }) => label === 'ORD');
    const [m0, m1] = days.map((rows) => rows.filter((row) => row.features.origin === 'ORD')) as [
      Row[],
      Row[],
    ];
    expect(ord?.value).toBeCloseTo(accuracy(m1), 12);
    expect(ord?.value_compared).toBeCloseTo(accuracy(m0), 12);
    const shares = [
      labelled(m0).length / labelled(days[0]).length,
      labelled(m1).length / labelled(days[1]).length,
    ];
    const [w0 = 0, w1 = 0] = shares;
    expect(ord?.rate).toBeCloseTo(((w0 + w1) / 2) * (accuracy(m1) - accuracy(m0)), 12);
    const middle = (accuracy(days[0]) + accuracy(days[1])) / 2;
    expect(ord?.mix).toBeCloseTo((w1 - w0) * ((accuracy(m0) + accuracy(m1)) / 2 - middle), 12);
    expect(ord?.lower).toBeLessThan(ord?.contribution ?? 0);
    for (const dimension of answer.dimensions)
      for (const segment of dimension.segments)
        expect((await counted(segment.filter, secondDay)).n_labelled).toBe(segment.n);
  });

  test('recall: exact Shapley values add up to its change', async () => {
    const answer = await explain({ metric: 'recall' });
    expect(answer.method).toBe('shapley');
    const change = recall(days[1]) - recall(days[0]);
    expect(answer.change).toBeCloseTo(change, 12);
    for (const dimension of answer.dimensions) {
      expect(total(dimension)).toBeCloseTo(change, 12);
      expect(dimension.segments.length).toBeLessThanOrEqual(10);
    }
    // Of two segments the Shapley value is the mean of both orders.
    const wet = answer.dimensions.find(({ field }) => field === 'features.wet');
    const part = (rows: readonly Row[], is: boolean) => rows.filter(({ features }) => features.wet === is);
    const mixed = (dry: readonly Row[], wetRows: readonly Row[]) => {
      const weighted = [dry, wetRows].flatMap((rows, i) =>
        labelled(part(rows, i === 1))
          .filter((row) => row.actual_label === 'late')
          .map((row) => ({ hit: Number(isPredictedLate(row)), weight: 1 / labelled(rows).length })),
      );
      const sum = (of: (row: { hit: number; weight: number }) => number) =>
        weighted.reduce((s, row) => s + of(row), 0);
      return sum(({ hit, weight }) => hit * weight) / sum(({ weight }) => weight);
    };
    const [d0, d1] = days;
    const expected = (mixed(d0, d1) - mixed(d0, d0) + mixed(d1, d1) - mixed(d1, d0)) / 2;
    expect(wet?.segments.find(({ label }) => label === 'true')?.contribution).toBeCloseTo(expected, 12);
  });

  test.each(['precision', 'f1', 'roc_auc', 'log_loss', 'brier', 'label_coverage'])(
    '%s is the number of the performance page in both windows',
    async (metric) => {
      const answer = await explain({ metric });
      const of = async (window: object) => {
        const { body } = await api.call(
          'GET',
          `/v1/models/${slug}/performance?${new URLSearchParams({ ...window })}`,
        );
        return body.metrics.find((one: { metric: string }) => one.metric === metric).value;
      };
      expect(answer.value).toBeCloseTo(await of(secondDay), 10);
      expect(answer.value_compared).toBeCloseTo(await of(firstDay), 10);
      for (const dimension of answer.dimensions) expect(total(dimension)).toBeCloseTo(answer.change ?? 9, 10);
    },
  );

  test('missing rate of a column, against the reference', async () => {
    const answer = await explain({ metric: 'missing_rate', column: 'distance', compare_to: 'reference' });
    const rate = (rows: readonly Row[]) =>
      mean(rows.map(({ features }) => Number(features.distance === null)));
    expect(answer).toMatchObject({ column: 'distance', n: days[1].length, n_compared: reference.length });
    expect(answer.change).toBeCloseTo(rate(days[1]) - rate(reference), 12);
    expect(answer.dimensions.map(({ field }) => field)).not.toContain('features.distance');
  });

  test('volume: explanatory power by origin, with the window compared with scaled to the same length', async () => {
    const answer = await explain({ metric: 'volume', compare_to: { from: at(0), to: at(12) } });
    const half = days[0].filter((row) => row.prediction_timestamp < at(12));
    const change = days[1].length - 2 * half.length;
    expect(answer).toMatchObject({
      method: 'counts',
      value: days[1].length,
      value_compared: 2 * half.length,
      change,
    });
    const origin = answer.dimensions.find(({ field }) => field === 'features.origin');
    const ord = origin?.segments.find(({ label }) => label === 'ORD');
    const count = (rows: readonly Row[]) => rows.filter(({ features }) => features.origin === 'ORD').length;
    expect(ord?.contribution).toBe(count(days[1]) - 2 * count(half));
    expect(ord?.explanatory_power).toBeCloseTo((count(days[1]) - 2 * count(half)) / change, 12);
    expect(answer.dimensions[0]?.field).toBe('features.origin');
  });

  test('too little to say: a status instead of numbers', async () => {
    expect(await explain({ ...{ from: at(100), to: at(101) } })).toMatchObject({
      status: 'empty',
      change: null,
      dimensions: [],
    });
    const few = { field: 'prediction_id', op: 'eq', value: 'b1' };
    expect((await explain({ filter: few })).status).toBe('empty');
  });

  test.each([
    [{ metric: 'mae' }, '/metric'],
    [{ metric: 'missing_rate' }, '/column'],
  ])('%j is refused', async (body, pointer) => {
    const answer = await api.call('POST', `/v1/models/${slug}/explain-change`, body);
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, pointer]);
  });
});

describe('slices/discover', () => {
  test('finds the slice that was made worse, and confirms it on the rows it did not search', async () => {
    const answer = await discover();
    expect(answer).toMatchObject({
      status: 'ok',
      metric: 'accuracy',
      n: labelled(days[1]).length,
      rows: labelled(days[1]).length,
      sampled: false,
      truncated: false,
      left_out: [],
      min_n: 32,
    });
    expect(answer.value).toBeCloseTo(accuracy(days[1]), 12);
    const [worst] = answer.slices;
    expect(worst?.predicates).toContainEqual({ field: 'features.origin', label: 'ORD' });
    expect(worst?.predicates.map(({ field }) => field)).toContain('features.distance');
    expect(worst).toMatchObject({ verdict: 'confirmed' });
    expect(worst?.lower).toBeGreaterThan(0);
    expect(worst?.adjusted_p).toBeGreaterThanOrEqual(worst?.p_value ?? 1);
    for (const slice of answer.slices) {
      const cohort = await counted(slice.filter, secondDay);
      expect(slice.n).toBe(cohort.n_labelled);
      const inCohort = cohort.metrics.find((one: { metric: string }) => one.metric === 'accuracy').value;
      if (inCohort !== null) expect(slice.value).toBeCloseTo(inCohort, 12);
    }
  });

  test('the impact is the held-out metric without the slice less that with it', async () => {
    const [worst] = (await discover({ max_predicates: 1 })).slices;
    const [all, kept] = [worst?.value_held_out ?? 0, worst?.n_held_out ?? 0];
    expect(kept).toBeGreaterThan(20);
    expect(worst?.impact).toBeGreaterThan(0);
    expect(worst?.value_of_rest).toBeGreaterThan(all);
    expect(worst?.predicates).toHaveLength(1);
  });

  test('where every row fails alike, hardly anything is confirmed', async () => {
    const answer = await discover({ ...firstDay, alpha: 0.95 });
    expect(answer.status).toBe('ok');
    const confirmed = answer.slices.filter(({ verdict }) => verdict === 'confirmed');
    expect(confirmed.length).toBeLessThanOrEqual(1);
  });

  test('too little to say, and metrics the task does not have', async () => {
    expect(await discover({ from: at(100), to: at(101) })).toMatchObject({
      status: 'empty',
      value: null,
      slices: [],
    });
    const refused = await api.call('POST', `/v1/models/${slug}/slices/discover`, { metric: 'mae' });
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/metric']);
  });
});
