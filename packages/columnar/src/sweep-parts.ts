import type { Dirent } from 'node:fs';
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const isModelId = (name: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);

const gone = (): undefined => undefined;

async function entries(directory: string): Promise<Dirent[]> {
  return readdir(directory, { withFileTypes: true }).catch(() => []);
}

/** Files two levels below `directory` that were last written before `beforeMs`, as `<level>/<name>`. */
async function oldFiles(directory: string, beforeMs: number): Promise<string[]> {
  const old: string[] = [];
  for (const level of await entries(directory)) {
    if (!level.isDirectory()) continue;
    for (const entry of await entries(join(directory, level.name))) {
      const path = `${level.name}/${entry.name}`;
      const found = entry.isFile() ? await stat(join(directory, path)).catch(gone) : undefined;
      if (found && found.mtimeMs < beforeMs) old.push(path);
    }
  }
  return old;
}

async function removeEmpty(directory: string): Promise<void> {
  for (const level of await entries(directory)) await rmdir(join(directory, level.name)).catch(gone);
  await rmdir(directory).catch(gone);
}

/** See `Columnar.sweep`. */
export async function sweepParts(
  root: string,
  named: (modelId: string) => Promise<string[]>,
  beforeMs: number,
): Promise<string[]> {
  const removed: string[] = [];
  const remove = async (path: string) => {
    await rm(join(root, path), { force: true });
    removed.push(path);
  };
  for (const path of await oldFiles(join(root, 'temporary'), beforeMs)) await remove(`temporary/${path}`);
  for (const { name: modelId } of (await entries(root)).filter((entry) => isModelId(entry.name))) {
    const old = (await oldFiles(join(root, modelId), beforeMs)).map((path) => `${modelId}/${path}`);
    if (old.length === 0) continue;
    // Asked after the files were listed: what was named in between is not taken for an orphan.
    const kept = new Set(await named(modelId));
    for (const path of old) if (!kept.has(path)) await remove(path);
    if (kept.size === 0) await removeEmpty(join(root, modelId));
  }
  return removed;
}
