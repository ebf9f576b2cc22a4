import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Columnar } from '../columnar.ts';
import { createColumnar } from '../create-columnar.ts';

export interface OpenColumnar {
  columnar: Columnar;
  root: string;
  /** Where incoming files are put. */
  incoming: string;
  close(): Promise<void>;
}

/** A columnar engine over new directories of its own. */
export async function openColumnar(): Promise<OpenColumnar> {
  const root = await mkdtemp(join(tmpdir(), 'columnar-root-'));
  const incoming = await mkdtemp(join(tmpdir(), 'columnar-incoming-'));
  const columnar = await createColumnar({
    root,
    memoryLimitMb: 512,
    threads: 2,
    incomingDirectories: [incoming],
  });
  return {
    columnar,
    root,
    incoming,
    async close() {
      await columnar.close();
      for (const directory of [root, incoming]) await rm(directory, { recursive: true, force: true });
    },
  };
}
