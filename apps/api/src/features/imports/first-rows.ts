import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { UnreadableTableError } from '@plumbline/columnar';
import { type ImportFormat, Problem } from '@plumbline/contracts';
import {
  type PostedRow,
  readCsvRows,
  readNdjsonRows,
  readTableRows,
  type TableOptions,
} from '@plumbline/intake';
import type { Deps } from '../../deps.ts';

async function first(chunks: AsyncIterable<PostedRow[]>): Promise<PostedRow[]> {
  for await (const rows of chunks) return rows;
  return [];
}

function unreadable(cause: unknown): unknown {
  if (!(cause instanceof UnreadableTableError)) return cause;
  const detail = 'the body is not a Parquet file that can be read';
  const errors = [{ pointer: '', code: 'malformed_parquet', detail }];
  return new Problem('validation-failed', { detail, errors, cause });
}

/** Up to `options.chunkRows` rows of a CSV or NDJSON body; reads no further. @throws Problem for a bad map or body */
export function firstTextRows(
  format: Exclude<ImportFormat, 'parquet'>,
  source: AsyncIterable<Buffer>,
  options: TableOptions,
): Promise<PostedRow[]> {
  return first(format === 'csv' ? readCsvRows(source, options) : readNdjsonRows(source, options.chunkRows));
}

/** Up to `options.chunkRows` rows of a Parquet file, by way of a file at `scratch`. @throws Problem for a bad map or file */
export async function firstTableRows(
  { columnar }: Pick<Deps, 'columnar'>,
  files: { table: string; scratch: string },
  options: TableOptions,
): Promise<PostedRow[]> {
  try {
    const window = { offset: 0, limit: options.chunkRows };
    const columns = await columnar.tableToNdjson(files.table, files.scratch, window);
    return await first(readTableRows(columns, createReadStream(files.scratch), options));
  } catch (error) {
    throw unreadable(error);
  } finally {
    await rm(files.scratch, { force: true });
  }
}

/** Rows of a Parquet file by its footer. @throws Problem 422 when it cannot be read or the map does not fit its columns */
export async function countTableRows(
  { columnar }: Pick<Deps, 'columnar'>,
  table: string,
  options: TableOptions,
): Promise<number> {
  try {
    const { columns, rows } = await columnar.describeTable(table);
    await first(readTableRows(columns, Readable.from([]), options));
    return rows;
  } catch (error) {
    throw unreadable(error);
  }
}
