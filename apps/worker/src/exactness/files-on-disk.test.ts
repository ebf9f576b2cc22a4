import { afterEach, beforeEach, expect, test } from 'vitest';
import { event, putModel, store } from '../test-installation.ts';
import { hourMs } from '../time.ts';
import { cleanUp, filesOnDisk } from './files-on-disk.ts';
import { type Laboratory, openLaboratory } from './laboratory.ts';

let lab: Laboratory;
beforeEach(async () => {
  lab = await openLaboratory({ workers: 1 });
});
afterEach(() => lab.close());

const mirrored = async () => {
  const model = await putModel(lab);
  await store(lab, model.id, { events: [event('a')] });
  await lab.settle(model.id);
  return model;
};

test('the files of a deleted model go after an hour, those of the others stay', async () => {
  const [kept, deleted] = [await mirrored(), await mirrored()];
  await lab.db.models.remove(lab.project.id, deleted.slug);
  expect(await lab.db.models.get(deleted.id)).toBeNull();
  await cleanUp(lab, hourMs / 2);
  expect((await filesOnDisk(lab)).parts).toHaveLength(2);
  await cleanUp(lab, 2 * hourMs);
  expect(await filesOnDisk(lab)).toEqual({ parts: await lab.db.parts.paths(kept.id), exports: [] });
});

test('parts that are written but not named yet survive a cleaning', async () => {
  const model = await putModel(lab);
  await store(lab, model.id, { events: [event('a')] });
  const described = { ...model, tags: [] };
  await lab.db.parts.mirror(model.id, { maxRows: 10, directory: `${lab.dataDir}/incoming` }, async (rows) => {
    const parts = await lab.columnar.writeParts(described, rows);
    const before = await filesOnDisk(lab);
    await cleanUp(lab, 0);
    expect(await filesOnDisk(lab)).toEqual(before);
    return { parts, touchedHours: [] };
  });
  const live = await lab.db.parts.live(model.id);
  expect(await lab.columnar.count(described, live, {})).toBe(1);
});
