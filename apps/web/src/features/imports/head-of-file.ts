import type { FileFormat } from './file-format.ts';
import { wholeRecords } from './whole-records.ts';

/** Enough for a thousand rows of a kilobyte. */
const headBytes = 2 ** 20;
/** A Parquet file has its directory at its end: it is sent whole, or not looked into before. */
const wholeBytes = 64 * 2 ** 20;

async function firstBytes(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const bytes = new Uint8Array(most);
  let size = 0;
  while (size < most) {
    const { done, value } = await reader.read();
    if (done) break;
    const piece = value.subarray(0, most - size);
    bytes.set(piece, size);
    size += piece.length;
  }
  void reader.cancel().catch(() => {});
  return bytes.subarray(0, size);
}

/** What is sent to look at a file before it is uploaded, without gzip; null when only all of it would do. */
export async function headOfFile(file: File, { format, isGzip }: FileFormat): Promise<Blob | null> {
  if (format === 'parquet') return file.size <= wholeBytes ? file : null;
  const stream = isGzip ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  const bytes = await firstBytes(stream, headBytes);
  const isWhole = bytes.length < headBytes;
  return new Blob([new Uint8Array(isWhole ? bytes : wholeRecords(bytes, format === 'csv'))]);
}
