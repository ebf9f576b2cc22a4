import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const abandonedAfterMs = 86_400_000;

/**
 * A directory of this engine's own below `parent`: engines of several processes share a part store, and DuckDB's
 * spill files have fixed names. Removes directories that processes which are gone left behind a day ago.
 */
export async function openTemporaryDirectory(parent: string): Promise<string> {
  const own = join(parent, `${process.pid}-${randomUUID()}`);
  await mkdir(own, { recursive: true });
  for (const name of await readdir(parent)) {
    const directory = join(parent, name);
    const modified = await stat(directory).catch(() => undefined);
    const isOld = modified !== undefined && Date.now() - modified.mtimeMs > abandonedAfterMs;
    if (isOld && !isAlive(Number.parseInt(name, 10))) await rm(directory, { recursive: true, force: true });
  }
  return own;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
