import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeAbandonedFiles } from './features/sweep/remove-abandoned-files.ts';
import { orphanAfterMs } from './part-ages.ts';
import { openInstallation, type TestInstallation } from './test-installation.ts';

let it: TestInstallation;
beforeAll(async () => {
  it = await openInstallation();
});
afterAll(() => it.close());

test('bodies and exports that crashed processes left are deleted once they are old, and nothing else is', async () => {
  const now = new Date();
  const directory = async (name: string, files: Record<string, number>) => {
    const path = join(it.dataDir, name);
    await mkdir(path, { recursive: true });
    for (const [file, ageMs] of Object.entries(files)) {
      await writeFile(join(path, file), 'rows');
      const then = new Date(now.getTime() - ageMs);
      await utimes(join(path, file), then, then);
    }
    return path;
  };
  const old = orphanAfterMs + 1000;
  const young = orphanAfterMs - 60_000;
  const uploadsDirectory = await directory('uploads', {
    'a.upload': old,
    'b.parquet': old,
    'c.rows': old,
    'd.ndjson': old,
    'e.upload': young,
    'notes.txt': old,
  });
  const scratchDirectory = await directory('incoming', { 'pending-a': old, 'pending-b': young, notes: old });
  await removeAbandonedFiles({ ...it, uploadsDirectory, scratchDirectory, now: () => now });
  expect(await readdir(uploadsDirectory)).toEqual(['e.upload', 'notes.txt']);
  expect(await readdir(scratchDirectory)).toEqual(['notes', 'pending-b']);
});
