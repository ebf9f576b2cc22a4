import { expect, test } from 'vitest';
import { batchRows, readRows } from './batch-rows.ts';

async function batchesOf(chunks: number, bytesPerChunk: number) {
  let bytes = 0;
  async function* source() {
    for (let i = 0; i < chunks; i += 1) {
      bytes += bytesPerChunk;
      yield Array.from({ length: readRows }, (_, j) => ({ index: i * readRows + j, row: null }));
    }
  }
  const batches: number[][] = [];
  for await (const rows of batchRows(source(), () => bytes)) batches.push(rows.map(({ index }) => index));
  return batches;
}

test.each([
  ['small rows', 45, 10_000, [2000, 2000, 500]],
  ['large rows', 5, 2 ** 22, [200, 200, 100]],
  ['rows that fill a batch alone', 2, 2 ** 24, [100, 100]],
  ['no rows', 0, 1, []],
])('%s come in batches bounded by rows and bytes, in order', async (_name, chunks, bytes, sizes) => {
  const batches = await batchesOf(chunks, bytes);
  expect(batches.map((batch) => batch.length)).toEqual(sizes);
  expect(batches.flat()).toEqual(Array.from({ length: chunks * readRows }, (_, i) => i));
});
