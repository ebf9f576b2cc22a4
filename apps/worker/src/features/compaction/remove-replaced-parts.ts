import { failPoint } from '@plumbline/fail-point';
import { hourMs } from '../../time.ts';
import type { WorkerContext } from '../../worker-context.ts';

/** Queries that began before a part was replaced may still read it; after an hour none does. */
const keptMs = hourMs;

/** Deletes the files of parts that were replaced a while ago, then forgets their rows. */
export async function removeReplacedParts({
  db,
  columnar,
  now,
}: Pick<WorkerContext, 'db' | 'columnar' | 'now'>): Promise<void> {
  const parts = await db.parts.replacedBefore(new Date(now().getTime() - keptMs));
  await columnar.remove(parts.map((part) => part.path));
  if (parts.length > 0) failPoint('compaction:files-removed');
  for (const modelId of new Set(parts.map((part) => part.modelId))) {
    const ids = parts.filter((part) => part.modelId === modelId).map((part) => part.id);
    await db.parts.forget(modelId, ids);
  }
}
