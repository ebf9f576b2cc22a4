import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const events = (prefix: string, hours: number[]) =>
  hours.flatMap((hour) =>
    Array.from({ length: 20 }, (_, i) => ({
      prediction_id: `${prefix}-${hour}-${i}`,
      prediction_timestamp: at(hour + i / 100),
      prediction_score: i % 2 === 0 ? 0.9 : 0.1,
      prediction_label: i % 2 === 0 ? 'late' : 'on_time',
      actual_label: i % 4 === 0 ? 'late' : 'on_time',
      features: { distance: hour * 10 + i },
    })),
  );

/** Sums of the same numbers in another order agree to twelve digits. */
const rounded = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer, (_, v) => (typeof v === 'number' ? Number(v.toPrecision(12)) : v)));

const questions = ['hour', 'day', 'week'].flatMap((granularity) => [
  `timeseries?metric=volume&granularity=${granularity}`,
  `timeseries?metric=accuracy&granularity=${granularity}`,
  `timeseries?metric=missing_rate&column=distance&granularity=${granularity}`,
]);
const windows = ['', `from=${at(5)}&to=${at(29)}`, `from=${at(24)}&to=${at(48)}`];

test('answers count every mirrored event before its hours are profiled, and are the same afterwards', async () => {
  const slug = await api.putModel();
  const post = async (prefix: string, hours: number[]) => {
    const { status } = await api.call('POST', `/v1/models/${slug}/events`, { events: events(prefix, hours) });
    expect(status).toBe(202);
  };
  await api.call('POST', `/v1/models/${slug}/reference`, { events: events('r', [0, 1, 2, 3]) });
  await post('a', [2, 6, 26, 30, 50]);
  await api.mirror(slug);
  await post('b', [6, 27, 50, 75]);
  await api.mirror(slug, { profiles: false });

  const ask = async () => {
    const answers = [];
    for (const window of windows) {
      for (const question of [...questions, 'performance?', 'drift?', 'quality?']) {
        const { status, body } = await api.call('GET', `/v1/models/${slug}/${question}&${window}`);
        expect(status, question).toBe(200);
        answers.push(rounded(body));
      }
    }
    return answers;
  };
  const before = await ask();
  expect(before[questions.length]).toMatchObject({ n_events: 180, n_labelled: 180 });
  await api.mirror(slug);
  expect(await ask()).toEqual(before);
});
