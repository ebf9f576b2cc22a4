import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportContext } from './import-context.ts';

/** An upload that brings bytes is younger, and so is the moment between its last byte and its row. */
const abandonedAfterMs = 10 * 60_000;

/** Deletes uploaded files no unfinished import needs: of uploads that broke off, and of workers that died at the end. */
export async function removeOrphans({
  db,
  importsDirectory,
  now,
}: Pick<ImportContext, 'db' | 'importsDirectory' | 'now'>): Promise<void> {
  const old: string[] = [];
  for (const name of await readdir(importsDirectory)) {
    const modified = await stat(join(importsDirectory, name)).catch(() => null);
    if (modified && now().getTime() - modified.mtimeMs > abandonedAfterMs) old.push(name);
  }
  if (old.length === 0) return;
  const idOf = (name: string) => name.split('.')[0] ?? '';
  const needed = await db.imports.unfinished(old.map(idOf));
  for (const name of old) {
    if (!needed.has(idOf(name))) await rm(join(importsDirectory, name), { force: true });
  }
}
