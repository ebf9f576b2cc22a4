import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { PartRef, WrittenPart } from './columnar.ts';
import type { Session } from './duckdb-pool.ts';
import type { SqlValue } from './params.ts';
import { textLiteral } from './sql-text.ts';

/** The part store on local disk. A file appears under its name only when its content is safe on disk. */
export interface PartFiles {
  /** Writes the rows of a SELECT as one part; `range` says what it holds. */
  write(session: Session, query: string, part: PartContent, values?: SqlValue[]): Promise<WrittenPart>;
  absolute(path: string): string;
  remove(paths: string[]): Promise<void>;
}

interface PartContent {
  modelId: string;
  kind: PartRef['kind'];
  rows: number;
  minMs: number;
  maxMs: number;
}

const rowGroupRows = 122_880;

export function createPartFiles(root: string, temporaryDirectory: string): PartFiles {
  const base = resolve(root);

  function absolute(path: string): string {
    const full = resolve(base, path);
    if (!full.startsWith(base + sep)) throw new RangeError(`${path} is outside the part store`);
    return full;
  }

  return {
    absolute,
    async write(session, query, { modelId, kind, rows, minMs, maxMs }, values = []) {
      if (!/^[\w-]+$/.test(modelId)) throw new RangeError(`expected a model id, got ${modelId}`);
      const id = randomUUID();
      const path = `${modelId}/${kind}/${id}.parquet`;
      const target = absolute(path);
      const draft = join(resolve(temporaryDirectory), `${id}.parquet`);
      await mkdir(dirname(draft), { recursive: true });
      try {
        await session.run(
          `COPY (${query}) TO ${textLiteral(draft)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroupRows})`,
          values,
        );
        await sync(draft);
        await mkdir(dirname(target), { recursive: true });
        await rename(draft, target);
        await sync(dirname(target));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      const { size } = await stat(target);
      return { id, kind, path, rows, minMs, maxMs, bytes: size };
    },
    async remove(paths) {
      for (const path of paths) await rm(absolute(path), { force: true });
    },
  };
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
