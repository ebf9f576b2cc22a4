import { type Profile, profileFormat } from '@plumbline/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hour, openTestModel, type TestModel, t0, writeProfiles } from './test-model.ts';

let it: TestModel;
beforeAll(async () => {
  it = await openTestModel();
});
afterAll(() => it.close());

const profile = (events: number): Profile => ({ events, columns: {}, performance: { labelled: 0 } });
const age = (table: string, column: string) =>
  it.pool.query(`UPDATE ${table} SET ${column} = ${profileFormat - 1}`);
const staleHours = async () => (await it.db.profiles.staleHours(it.modelId, 99)).map(({ start }) => start);

test('the newest hours of an older format become stale, some at a time, until none is left', async () => {
  const hours = [0, 1, 2, 3, 4].map((i) => t0 + i * hour);
  const { id } = await it.db.profiles.binSet(it.modelId);
  const write = async (starts: number[]) => {
    const rows = ['1', '2'].flatMap((version) =>
      starts.map((start) => ({ start, version, environment: 'production', profile: profile(1) })),
    );
    await writeProfiles(it, it.modelId, id, rows);
  };
  await write(hours);
  await it.db.profiles.markOutdated(2);
  expect(await staleHours()).toEqual([]);

  await age('profile', 'format');
  for (const expected of [hours.slice(3), hours.slice(1, 3), hours.slice(0, 1), []]) {
    await it.db.profiles.markOutdated(2);
    await it.db.profiles.markOutdated(2);
    expect(await staleHours()).toEqual(expected);
    await write(expected);
  }
});

test('a reference with a profile of an older format is named until its profile is renewed', async () => {
  const reference = { id: crypto.randomUUID(), source: 'upload' as const, rows: 7, minMs: t0, maxMs: t0 };
  const set = () =>
    it.db.profiles.setReference(
      it.modelId,
      { ...reference, id: crypto.randomUUID() },
      [],
      { columns: [] },
      profile(7),
    );
  const old = await set();
  const { id } = await set();
  expect(await it.db.profiles.outdatedReferences()).toEqual([]);
  await age('bin_set', 'profile_format');
  expect(await it.db.profiles.outdatedReferences()).toEqual([it.modelId]);
  await it.db.profiles.renewReferenceProfile(it.modelId, old.id, profile(8));
  expect(await it.db.profiles.outdatedReferences()).toEqual([it.modelId]);
  await it.db.profiles.renewReferenceProfile(it.modelId, id, profile(9));
  expect(await it.db.profiles.outdatedReferences()).toEqual([]);
  expect((await it.db.profiles.binSet(it.modelId)).referenceProfile).toEqual(profile(9));
});
