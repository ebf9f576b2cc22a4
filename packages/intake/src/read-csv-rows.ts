import { Problem } from '@plumbline/contracts';
import type { TableOptions } from './map-columns.ts';
import type { PostedRow } from './posted-row.ts';
import { type Cell, readCsv } from './read-csv.ts';
import { createRowMaker, kindOfText } from './table-row.ts';

async function* textOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Problem('invalid-utf8', { cause: error });
    throw error;
  }
}

function ragged(index: number, record: Cell[], columns: number): PostedRow {
  const detail = `expected ${columns} cells as in the header, got ${record.length}`;
  return {
    index,
    fault: { code: 'malformed_csv', pointer: '', detail },
    text: record.map((cell) => cell.text).join(','),
  };
}

/**
 * Rows of a CSV body with a header, in chunks, in bounded memory. Cells take the types of the model's features.
 * @throws Problem 400 for bytes that are not UTF-8, 422 for a quote that is never closed, a record above 1 MiB or a bad map
 */
export async function* readCsvRows(
  source: AsyncIterable<Buffer>,
  options: TableOptions,
): AsyncGenerator<PostedRow[]> {
  let toRow: ReturnType<typeof createRowMaker> | null = null;
  let columns = 0;
  let chunk: PostedRow[] = [];
  let index = 0;
  try {
    for await (const record of readCsv(textOf(source))) {
      if (!toRow) {
        const header = record.map((cell) => cell.text);
        columns = header.length;
        toRow = createRowMaker(header, options, kindOfText);
        continue;
      }
      if (options.refuseRagged && record.length !== columns) chunk.push(ragged(index, record, columns));
      else {
        // An empty cell without quotes is no value; with quotes it is the empty text.
        const values = record.map(({ text, quoted }) => (text === '' && !quoted ? null : text));
        chunk.push({ index, row: toRow(values) });
      }
      index += 1;
      if (chunk.length < options.chunkRows) continue;
      yield chunk;
      chunk = [];
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const errors = [{ pointer: '', code: 'malformed_csv', detail: error.message }];
    throw new Problem('validation-failed', { detail: error.message, errors, cause: error });
  }
  if (chunk.length > 0) yield chunk;
}
