import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { removeReplacedParts } from '../features/compaction/remove-replaced-parts.ts';
import { removeAbandonedFiles } from '../features/sweep/remove-abandoned-files.ts';
import type { TestInstallation } from '../test-installation.ts';

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

/** Part files on disk, finished or not, and exported rows that wait to become parts. */
export const filesOnDisk = async ({ dataDir }: Pick<TestInstallation, 'dataDir'>) => ({
  parts: (await filesBelow(join(dataDir, 'parts'))).filter((path) => path.endsWith('.parquet')),
  exports: await filesBelow(join(dataDir, 'incoming')),
});

/** What the hourly cleaning of a worker does so long from now. */
export async function cleanUp(it: TestInstallation, afterMs: number): Promise<void> {
  const now = () => new Date(Date.now() + afterMs);
  const context = {
    ...it,
    now,
    scratchDirectory: join(it.dataDir, 'incoming'),
    uploadsDirectory: join(it.dataDir, 'uploads'),
  };
  await removeReplacedParts(context);
  await removeAbandonedFiles(context);
}
