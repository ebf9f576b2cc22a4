import { createReadStream } from 'node:fs';
import { UnreadableTableError } from '@plumbline/columnar';
import { Problem } from '@plumbline/contracts';
import type { ImportRecord, ModelRecord } from '@plumbline/db';
import {
  importFile,
  importScratch,
  type PostedRow,
  readCsvRows,
  readNdjsonRows,
  readTableRows,
  type TableOptions,
} from '@plumbline/intake';
import { batchRows, readRows } from './batch-rows.ts';
import type { ImportContext } from './import-context.ts';

/** Rows stored before that are shown again of a Parquet file, which is not read from its start. */
const shownAgain = 2000;

/** Rows of a Parquet file written out at a time: bounds the disk they need. */
const windowRows = 200_000;

type Context = Pick<ImportContext, 'columnar' | 'importsDirectory'>;

export interface ImportChunk {
  rows: PostedRow[];
  /** Bytes of the file read up to its end; of Parquet the share its rows are of all. */
  bytesDone: number;
  /** Stored before this run; at least the first of them are shown again. */
  isStored: boolean;
}

function tableOptions(record: ImportRecord, model: ModelRecord): TableOptions {
  return {
    rowKind: record.kind === 'actuals' ? 'actuals' : 'events',
    features: model.features,
    map: record.options.map,
    assumeUtc: record.options.assumeUtc,
    refuseRagged: true,
    chunkRows: readRows,
  };
}

/** A file that tells how many of its bytes were read. */
function countedFile(path: string): { bytes(): AsyncGenerator<Buffer>; read: () => number } {
  let size = 0;
  return {
    async *bytes() {
      for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
        size += bytes.length;
        yield bytes;
      }
    },
    read: () => size,
  };
}

async function* readText(context: Context, record: ImportRecord, model: ModelRecord) {
  const file = countedFile(importFile(context.importsDirectory, record.id));
  const chunks =
    record.format === 'csv'
      ? readCsvRows(file.bytes(), tableOptions(record, model))
      : readNdjsonRows(file.bytes(), readRows);
  for await (const rows of batchRows(chunks, file.read)) {
    const bytesDone = file.read();
    const stored = rows.filter(({ index }) => index < record.rowsDone);
    const next = rows.filter(({ index }) => index >= record.rowsDone);
    if (stored.length > 0) yield { rows: stored, bytesDone, isStored: true };
    if (next.length > 0) yield { rows: next, bytesDone, isStored: false };
  }
}

async function* readParquet(
  { columnar, importsDirectory }: Context,
  record: ImportRecord,
  model: ModelRecord,
) {
  const table = importFile(importsDirectory, record.id);
  const scratch = importScratch(importsDirectory, record.id);
  async function* rowsFrom(offset: number, limit: number) {
    const columns = await columnar.tableToNdjson(table, scratch, { offset, limit });
    // The schema as it is by now: rows before may have added features to it.
    const file = countedFile(scratch);
    const chunks = readTableRows(columns, file.bytes(), tableOptions(record, model));
    for await (const rows of batchRows(chunks, file.read)) {
      for (const row of rows) row.index += offset;
      yield rows;
    }
  }
  const { rows: total } = await columnar.describeTable(table);
  const share = (done: number) => Math.floor((record.bytes * Math.min(done, total)) / Math.max(total, 1));
  if (record.rowsDone > 0) {
    for await (const rows of rowsFrom(0, Math.min(shownAgain, record.rowsDone)))
      yield { rows, bytesDone: share(record.rowsDone), isStored: true };
  }
  let done = record.rowsDone;
  for (let offset = done; offset < total; offset += windowRows) {
    for await (const rows of rowsFrom(offset, windowRows)) {
      done += rows.length;
      yield { rows, bytesDone: share(done), isStored: false };
    }
  }
}

/**
 * The rows of an import's file in order, `index` counted from the file's first row; those a run before stored are marked.
 * @throws Problem when the file is gone, cannot be read or does not fit the mapping
 */
export async function* readImportRows(
  context: Context,
  record: ImportRecord,
  model: ModelRecord,
): AsyncGenerator<ImportChunk> {
  try {
    yield* record.format === 'parquet'
      ? readParquet(context, record, model)
      : readText(context, record, model);
  } catch (error) {
    if (error instanceof UnreadableTableError) {
      const detail = 'The file is no Parquet file that can be read.';
      throw new Problem('validation-failed', { detail, cause: error });
    }
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Problem('not-found', { detail: 'The uploaded file is gone; upload it again.', cause: error });
    }
    throw error;
  }
}
