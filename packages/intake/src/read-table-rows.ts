import type { TableOptions } from './map-columns.ts';
import type { PostedRow } from './posted-row.ts';
import { readNdjsonRows } from './read-ndjson-rows.ts';
import { kindOf } from './row-check.ts';
import { createRowMaker } from './table-row.ts';

/**
 * Rows of a typed table that was written as NDJSON, one object a row; `columns` are its columns in order.
 * @throws Problem 422 for a map that does not fit the columns
 */
export async function* readTableRows(
  columns: readonly string[],
  ndjson: AsyncIterable<Buffer>,
  options: TableOptions,
): AsyncGenerator<PostedRow[]> {
  const toRow = createRowMaker(columns, options, kindOf);
  for await (const chunk of readNdjsonRows(ndjson, options.chunkRows)) {
    yield chunk.map((posted) => {
      if ('fault' in posted) return posted;
      const record = posted.row as Record<string, unknown>;
      return { index: posted.index, row: toRow(columns.map((column) => record[column])) };
    });
  }
}
