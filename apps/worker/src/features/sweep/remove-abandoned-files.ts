import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { orphanAfterMs } from '../../part-ages.ts';
import type { WorkerContext } from '../../worker-context.ts';

async function removeAbandonedExports(directory: string, beforeMs: number): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const found = name.startsWith('pending-') ? await stat(path).catch(() => undefined) : undefined;
    if (found && found.mtimeMs < beforeMs) await rm(path, { recursive: true, force: true });
  }
}

/**
 * Deletes what processes that died and models that were deleted left on disk: files of parts that no manifest row names,
 * unfinished ones and exported rows. Nothing younger than {@link orphanAfterMs} is touched: its writer may be at work.
 */
export async function removeAbandonedFiles({
  db,
  columnar,
  scratchDirectory,
  logger,
  now,
}: Pick<WorkerContext, 'db' | 'columnar' | 'scratchDirectory' | 'logger' | 'now'>): Promise<void> {
  const beforeMs = now().getTime() - orphanAfterMs;
  const removed = await columnar.sweep((modelId) => db.parts.paths(modelId), beforeMs);
  if (removed.length > 0) logger.info({ files: removed.length }, 'files without a part removed');
  await removeAbandonedExports(scratchDirectory, beforeMs);
}
