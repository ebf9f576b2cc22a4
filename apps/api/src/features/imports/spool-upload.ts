import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Problem } from '@plumbline/contracts';

export interface SpoolLimits {
  maxBytes: number;
  isStorageLow: () => boolean;
}

const lowStorage = (cause?: unknown) => new Problem('storage-low', { retryAfterSeconds: 30, cause });

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/**
 * Writes a body to `path` as it comes, in bounded memory; once it returns the file outlives a crash. Nothing is left of
 * a body that breaks off.
 * @returns its size in bytes
 * @throws Problem 413 as soon as it is too large, 503 when the disk fills up
 */
export async function spoolUpload(
  path: string,
  source: AsyncIterable<Buffer>,
  { maxBytes, isStorageLow }: SpoolLimits,
): Promise<number> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw new Problem('payload-too-large', { detail: `At most ${maxBytes} bytes.` });
      if (isStorageLow()) throw lowStorage();
      await file.appendFile(chunk);
    }
    await file.sync();
    await rename(partial, path);
    await syncDirectory(dirname(path));
    return size;
  } catch (error) {
    await rm(partial, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw lowStorage(error);
    throw error;
  } finally {
    await file.close();
  }
}
