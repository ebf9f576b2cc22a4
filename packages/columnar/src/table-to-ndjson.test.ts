import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnreadableTableError } from './table-to-ndjson.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';

let open: OpenColumnar;
beforeAll(async () => {
  open = await openColumnar();
});
afterAll(() => open.close());

async function parquet(name: string, select: string): Promise<string> {
  const path = join(open.incoming, `${name}.parquet`);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

async function convert(path: string, window?: { offset: number; limit: number }) {
  const target = join(open.incoming, 'rows.ndjson');
  const columns = await open.columnar.tableToNdjson(path, target, window);
  const text = await readFile(target, 'utf8');
  return { columns, rows: text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)])) };
}

test.each<[string, unknown]>([
  [`TIMESTAMP '2001-02-01 06:30:00.5'`, '2001-02-01T06:30:00.500000Z'],
  [`TIMESTAMPTZ '2001-02-01 06:30:00+02:00'`, '2001-02-01T04:30:00.000000Z'],
  [`TIMESTAMP_NS '2001-02-01 06:30:00'`, '2001-02-01T06:30:00.000000Z'],
  [`DATE '2001-02-01'`, '2001-02-01T00:00:00.000000Z'],
  ['3::TINYINT', 3],
  ['9007199254740993::BIGINT', '9007199254740993'],
  ['18446744073709551615::UBIGINT', '18446744073709551615'],
  ['-7::BIGINT', -7],
  ['1.5::DECIMAL(9, 2)', 1.5],
  ['0.1::DOUBLE', 0.1],
  [`'NaN'::DOUBLE`, null],
  [`'-inf'::FLOAT`, '-inf'],
  ['true', true],
  ['NULL::VARCHAR', null],
  [`''`, ''],
  [`'say "é", 🙂'`, 'say "é", 🙂'],
  ['[0.5, 2]::DOUBLE[]', [0.5, 2]],
  [`{'a': 1}`, { a: 1 }],
])('%s becomes %j', async (sql, value) => {
  expect((await convert(await parquet('value', `SELECT ${sql} AS "a ""b"`))).rows).toEqual([
    { 'a "b': value },
  ]);
});

test('rows and columns keep their order', async () => {
  const path = await parquet('order', 'SELECT i AS z, -i AS a FROM range(300000) t(i)');
  const { columns, rows } = await convert(path);
  expect(columns).toEqual(['z', 'a']);
  expect(rows.length).toBe(300_000);
  expect(rows.every((row, i) => row.z === i && row.a === -i)).toBe(true);
});

test('windows of a file are its rows, without gaps or repeats', async () => {
  const path = await parquet('windows', 'SELECT i FROM range(250000) t(i)');
  expect(await open.columnar.describeTable(path)).toEqual({ columns: ['i'], rows: 250_000 });
  const read: number[] = [];
  for (let offset = 0; offset < 250_000; offset += 100_000) {
    const { rows } = await convert(path, { offset, limit: 100_000 });
    for (const row of rows) read.push(row.i);
  }
  expect(read.length).toBe(250_000);
  expect(read.every((i, position) => i === position)).toBe(true);
});

test.each(['empty', 'text', 'cut'])('a file that is %s is unreadable', async (kind) => {
  const whole = await readFile(await parquet('whole', 'SELECT i FROM range(1000) t(i)'));
  const contents = { empty: '', text: 'PAR1 no parquet PAR1', cut: whole.subarray(0, whole.length / 2) };
  const path = join(open.incoming, `${kind}.parquet`);
  await writeFile(path, contents[kind as keyof typeof contents]);
  await expect(convert(path)).rejects.toThrow(UnreadableTableError);
  await expect(open.columnar.describeTable(path)).rejects.toThrow(UnreadableTableError);
});

test('a file whose pages are broken is unreadable', async () => {
  const content = await readFile(await parquet('pages', 'SELECT md5(i::VARCHAR) AS h FROM range(5000) t(i)'));
  content.fill(0xff, 4, 2000);
  const path = join(open.incoming, 'pages.parquet');
  await writeFile(path, content);
  await expect(convert(path)).rejects.toThrow(UnreadableTableError);
});
