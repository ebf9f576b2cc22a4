import type { PostedRow } from '@plumbline/intake';

const mostRows = 2000;
const mostBytes = 8 * 2 ** 20;

/** Rows a reader is asked for at a time: so many may be held beyond a full batch. */
export const readRows = 100;

/**
 * Joins chunks to batches of 2,000 rows, or fewer where rows are large, so that memory is bounded by bytes as well.
 * `bytesRead` tells how much of the source was read so far.
 */
export async function* batchRows(
  chunks: AsyncIterable<PostedRow[]>,
  bytesRead: () => number,
): AsyncGenerator<PostedRow[]> {
  let batch: PostedRow[] = [];
  let begun = 0;
  for await (const rows of chunks) {
    batch.push(...rows);
    if (batch.length < mostRows && bytesRead() - begun < mostBytes) continue;
    yield batch;
    batch = [];
    begun = bytesRead();
  }
  if (batch.length > 0) yield batch;
}
