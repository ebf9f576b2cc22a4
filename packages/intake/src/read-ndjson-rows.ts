import type { PostedRow } from './posted-row.ts';
import { readLines } from './read-lines.ts';
import { postedRows } from './row-source.ts';
import { utf8Text } from './utf8-text.ts';

const lineBytes = 1024 * 1024;

/** Rows of an NDJSON body in chunks, in bounded memory. A line that is not JSON becomes a fault. */
export async function* readNdjsonRows(
  source: AsyncIterable<Buffer>,
  chunkRows: number,
): AsyncGenerator<PostedRow[]> {
  let index = 0;
  let chunk: PostedRow[] = [];
  for await (const line of readLines(source, lineBytes)) {
    chunk.push(parseLine(line.bytes, index));
    index += 1;
    if (chunk.length < chunkRows) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function parseLine(bytes: Buffer | null, index: number): PostedRow {
  const fault = (code: string, detail: string, text: string): PostedRow => ({
    index,
    fault: { code, pointer: '', detail },
    text,
  });
  if (bytes === null) return fault('event_too_large', `a line holds at most ${lineBytes} bytes`, '');
  const text = utf8Text(bytes);
  if (text === null) return fault('invalid_utf8', 'the line is not valid UTF-8', bytes.toString('utf8'));
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    return fault('malformed_json', 'the line is not valid JSON', text);
  }
  return postedRows([row], text, null, index).rows[0] ?? { index, row };
}
