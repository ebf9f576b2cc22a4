import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startCatchUp } from './features/sweep/start-catch-up.ts';
import { event, openInstallation, putModel, store, type TestInstallation } from './test-installation.ts';

let it: TestInstallation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

test('without any job, what was left behind is refreshed at the start and what waits too long later on', async () => {
  const [first, second] = [await putModel(it), await putModel(it)];
  await store(it, first.id, { events: [event('a')] });
  const refreshed: string[] = [];
  const mirror = (modelId: string) =>
    it.db.parts.mirror(modelId, { maxRows: 10, directory: it.dataDir }, async () => ({
      parts: [],
      touchedHours: [],
    }));
  const catchUp = startCatchUp(it, async ({ modelId }) => {
    refreshed.push(modelId);
    await mirror(modelId);
  });
  await vi.waitFor(() => expect(refreshed).toEqual([first.id]), { timeout: 2_000 });
  await store(it, second.id, { events: [event('b')] });
  await vi.waitFor(() => expect(refreshed).toEqual([first.id, second.id]), { timeout: 10_000 });
  await catchUp.close();
});
