import type { ProfileRow } from '@plumbline/db';
import { mergeProfiles } from '@plumbline/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const event = (day: string, i: number) => ({
  prediction_id: `${day}-${i}`,
  prediction_timestamp: `${day}T0${i % 10}:30:00Z`,
  prediction_score: i % 2 === 0 ? 0.9 : 0.1,
  prediction_label: i % 2 === 0 ? 'late' : 'on_time',
  actual_label: i % 4 === 0 ? 'late' : 'on_time',
  features: { distance: i * 10 },
});
const days = ['2026-01-31', '2026-02-01', '2026-02-14', '2026-02-28', '2026-03-01', '2026-04-02'];
const events = (n: number, from = 0) =>
  days.flatMap((day) => Array.from({ length: n }, (_, i) => event(day, from + i)));

/** Sums of the same numbers in another order differ by roundings. */
const rounded = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer, (_, v) => (typeof v === 'number' ? Number(v.toFixed(10)) : v)));

test('a window answers from its whole months, and the same as from their days', async () => {
  const slug = await api.putModel();
  const post = async (batch: unknown[], options: { profiles?: boolean } = {}) => {
    expect(await api.call('POST', `/v1/models/${slug}/events`, { events: batch })).toMatchObject({
      status: 202,
    });
    await api.mirror(slug, options);
  };
  await api.call('POST', `/v1/models/${slug}/reference`, {
    events: events(30).map((e) => ({ ...e, prediction_id: `r${e.prediction_id}` })),
  });
  await post(events(30));
  const windows = [
    'from=2026-01-01T00:00:00Z&to=2026-04-03T00:00:00Z',
    'from=2026-01-31T00:00:00Z&to=2026-03-01T02:00:00Z',
  ];
  const ask = (question: string) =>
    Promise.all(
      windows.map(async (window) =>
        rounded((await api.call('GET', `/v1/models/${slug}/${question}?${window}`)).body),
      ),
    );
  const askAll = () => Promise.all(['performance', 'drift', 'quality'].map(ask));
  const merge = async (change: (month: ProfileRow) => ProfileRow) => {
    for (const month of await api.db.profiles.unmergedMonths()) {
      await api.db.profiles.mergeMonth(month, (rows) => {
        const [first] = rows;
        return first
          ? [
              change({
                ...first,
                start: month.start,
                profile: mergeProfiles(rows.map(({ profile }) => profile)),
              }),
            ]
          : [];
      });
    }
  };

  expect((await api.db.profiles.unmergedMonths()).map(({ start }) => start)).toEqual(
    [0, 1, 2].map((month) => Date.UTC(2026, month)),
  );
  const fromDays = await askAll();
  await merge((month) => month);
  expect(await askAll()).toEqual(fromDays);

  await post(events(1, 30), { profiles: false });
  const withStaleHours = await ask('performance');
  expect(withStaleHours).toMatchObject([{ n_events: 31 * 6 }, { n_events: 31 * 4 + 7 }]);
  await api.mirror(slug);
  expect(await ask('performance')).toEqual(withStaleHours);

  await merge((month) => ({ ...month, profile: { ...month.profile, columns: {} } }));
  const distance = { column: 'distance', n_current: 31 };
  expect(await ask('drift')).toMatchObject([
    { columns: expect.arrayContaining([expect.objectContaining(distance)]) },
    { columns: expect.arrayContaining([expect.objectContaining({ ...distance, n_current: 31 + 7 })]) },
  ]);
});
