import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { orphanAfterMs } from '../../part-ages.ts';
import type { WorkerContext } from '../../worker-context.ts';

/** A folder nobody has written to yet holds nothing. */
function none(error: NodeJS.ErrnoException): string[] {
  if (error.code !== 'ENOENT') throw error;
  return [];
}

async function removeOld(directory: string, isOurs: RegExp, beforeMs: number): Promise<void> {
  for (const name of await readdir(directory).catch(none)) {
    const path = join(directory, name);
    const found = isOurs.test(name) ? await stat(path).catch(() => undefined) : undefined;
    if (found && found.mtimeMs < beforeMs) await rm(path, { recursive: true, force: true });
  }
}

/**
 * Deletes what processes that died and models that were deleted left on disk: files of parts that no manifest row names,
 * unfinished ones, exported rows and spooled bodies. Nothing younger than {@link orphanAfterMs} is touched: its writer may be at work.
 */
export async function removeAbandonedFiles({
  db,
  columnar,
  scratchDirectory,
  uploadsDirectory,
  logger,
  now,
}: Pick<
  WorkerContext,
  'db' | 'columnar' | 'scratchDirectory' | 'uploadsDirectory' | 'logger' | 'now'
>): Promise<void> {
  const beforeMs = now().getTime() - orphanAfterMs;
  const removed = await columnar.sweep((modelId) => db.parts.paths(modelId), beforeMs);
  if (removed.length > 0) logger.info({ files: removed.length }, 'files without a part removed');
  await removeOld(scratchDirectory, /^pending-/, beforeMs);
  await removeOld(uploadsDirectory, /\.(upload|parquet|rows|ndjson)$/, beforeMs);
}
