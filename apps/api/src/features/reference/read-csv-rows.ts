import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Problem } from '@plumbline/contracts';
import { kindsOf, type PostedRow } from '@plumbline/intake';
import { bodyBytes } from '../../read-body.ts';
import { type ColumnTarget, kindOfText, mapColumns, rowOf, type TableOptions } from './map-columns.ts';
import { readCsv } from './read-csv.ts';

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

/** Rows of a CSV body with a header, in chunks, in bounded memory. Cells take the types of the model's features. */
export async function* readCsvRows(
  source: Readable,
  headers: IncomingHttpHeaders,
  options: TableOptions,
): AsyncGenerator<PostedRow[]> {
  const kinds = kindsOf(options.features);
  let targets: (ColumnTarget | null)[] | null = null;
  let chunk: PostedRow[] = [];
  let index = 0;
  try {
    for await (const record of readCsv(textOf(bodyBytes(source, headers)))) {
      if (!targets) {
        targets = mapColumns(
          record.map((cell) => cell.text),
          options.map,
        );
        continue;
      }
      // An empty cell without quotes is no value; with quotes it is the empty text.
      const values = record.map(({ text, quoted }) => (text === '' && !quoted ? null : text));
      chunk.push({ index, row: rowOf(values, targets, kinds, kindOfText) });
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
