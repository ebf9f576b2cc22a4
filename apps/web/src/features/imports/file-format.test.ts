import { expect, test } from 'vitest';
import { fileFormat } from './file-format.ts';

test.each([
  ['events.csv', 'csv', false],
  ['January.CSV.gz', 'csv', true],
  ['a.b.ndjson', 'ndjson', false],
  ['rows.jsonl.gz', 'ndjson', true],
  ['part.parquet', 'parquet', false],
])('%s is sent as %s', (name, format, isGzip) => {
  expect(fileFormat(name)).toMatchObject({ format, isGzip });
});

test.each(['part.parquet.gz', 'book.xlsx', 'csv', ''])('%j is not taken', (name) => {
  expect(fileFormat(name)).toBeNull();
});
