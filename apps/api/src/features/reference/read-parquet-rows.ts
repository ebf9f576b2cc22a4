import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UnreadableTableError } from '@plumbline/columnar';
import { Problem } from '@plumbline/contracts';
import { type PostedRow, readTableRows, type TableOptions } from '@plumbline/intake';
import type { FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { bodyBytes } from '../../read-body.ts';

async function columnsOf(
  { columnar }: Pick<Deps, 'columnar'>,
  table: string,
  rows: string,
): Promise<string[]> {
  try {
    return await columnar.tableToNdjson(table, rows);
  } catch (error) {
    if (!(error instanceof UnreadableTableError)) throw error;
    const detail = 'the body is not a Parquet file that can be read';
    const errors = [{ pointer: '', code: 'malformed_parquet', detail }];
    throw new Problem('validation-failed', { detail, errors, cause: error });
  }
}

/** Rows of a Parquet body in chunks, in bounded memory: a footer says where its rows are, so it goes to disk first. */
export async function* readParquetRows(
  deps: Pick<Deps, 'columnar' | 'config'>,
  { raw, headers }: Pick<FastifyRequest, 'raw' | 'headers'>,
  options: TableOptions,
): AsyncGenerator<PostedRow[]> {
  const directory = join(deps.config.dataDir, 'uploads');
  await mkdir(directory, { recursive: true });
  const id = randomUUID();
  const table = join(directory, `${id}.parquet`);
  const rows = join(directory, `${id}.rows`);
  try {
    await pipeline(bodyBytes(raw, headers), createWriteStream(table));
    const columns = await columnsOf(deps, table, rows);
    yield* readTableRows(columns, createReadStream(rows), options);
  } finally {
    await Promise.all([table, rows].map((path) => rm(path, { force: true })));
  }
}
