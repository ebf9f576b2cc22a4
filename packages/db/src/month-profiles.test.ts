import type { Profile } from '@plumbline/contracts';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProfileRow } from './profile-row.ts';
import { openTestModel, type TestModel, writeProfiles } from './test-model.ts';

const open: TestModel[] = [];
let it: TestModel;
beforeEach(async () => {
  it = await openTestModel();
  open.push(it);
});
afterAll(() => Promise.all(open.map((model) => model.close())));

const profile = (events: number): Profile => ({ events, columns: {}, performance: { labelled: 0 } });
const row = (start: number, events: number): ProfileRow => ({
  start,
  version: '1',
  environment: 'production',
  profile: profile(events),
});
const replaceBinSet = async () => {
  const reference = { id: crypto.randomUUID(), source: 'upload' as const, rows: 1, minMs: null, maxMs: null };
  await it.db.profiles.setReference(it.modelId, reference, [], { columns: [] }, profile(1));
};

describe('the profile of a month', () => {
  const days = ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map((day) =>
    Date.parse(`${day}T00:00Z`),
  );
  const [january = 0, february = 0, , march = 0] = days.map((day) =>
    Date.parse(`${new Date(day).toISOString().slice(0, 7)}-01T00:00Z`),
  );
  const writeDays = async (starts = days) => {
    const { id } = await it.db.profiles.binSet(it.modelId);
    const rows = starts.map((start) => row(start, 2));
    await writeProfiles(it, it.modelId, id, rows, { rollUp: (hours) => hours });
    return id;
  };
  const unmerged = async () => (await it.db.profiles.unmergedMonths()).map(({ start, end }) => [start, end]);
  const merge = async () => {
    for (const month of await it.db.profiles.unmergedMonths())
      await it.db.profiles.mergeMonth(month, (rows) => [row(month.start, rows.length)]);
  };
  const months = async () => {
    const { id } = await it.db.profiles.binSet(it.modelId);
    return it.db.profiles.read(it.modelId, id, 'month', 0, march + 1);
  };

  test('is made of its days alone, once its last one is over', async () => {
    await writeDays();
    expect(await unmerged()).toEqual([
      [january, february],
      [february, march],
    ]);
    await merge();
    expect(await months()).toEqual([row(january, 1), row(february, 2)]);
    expect(await unmerged()).toEqual([]);
  });

  test('goes with any change to its days, and waits while an hour of it is stale', async () => {
    await writeDays();
    await merge();
    await writeDays(days.slice(0, 1));
    expect(await months()).toEqual([row(february, 2)]);
    await it.pool.query(`INSERT INTO stale_hour (model_id, start_at) VALUES ($1, '2026-01-31T05:00Z')`, [
      it.modelId,
    ]);
    expect(await unmerged()).toEqual([]);
    await it.pool.query('DELETE FROM stale_hour');
    expect(await unmerged()).toEqual([[january, february]]);
  });

  test('is not written for a bin set that was replaced meanwhile', async () => {
    const old = await writeDays();
    const [month] = await it.db.profiles.unmergedMonths();
    await replaceBinSet();
    if (month) await it.db.profiles.mergeMonth(month, () => [row(month.start, 1)]);
    expect(await it.db.profiles.read(it.modelId, old, 'month', 0, march)).toEqual([]);
    expect(await unmerged()).toEqual([]);
  });
});
