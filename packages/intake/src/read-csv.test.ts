import { expect, test } from 'vitest';
import { readCsv } from './read-csv.ts';

async function read(chunks: string[]): Promise<string[][]> {
  const records: string[][] = [];
  async function* source() {
    yield* chunks;
  }
  for await (const record of readCsv(source())) records.push(record.map((cell) => cell.text));
  return records;
}

test.each<[string, string, string[][]]>([
  [
    'plain',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['no last line break', 'a\r\n1', [['a'], ['1']]],
  ['quotes', '"a,""b""","c\nd"\n', [['a,"b"', 'c\nd']]],
  [
    'empty cells',
    ',,\n"",x\n',
    [
      ['', '', ''],
      ['', 'x'],
    ],
  ],
  ['blank lines', '\n\na\n\n', [['a']]],
])('%s, whole or in pieces', async (_name, text, records) => {
  expect(await read([text])).toEqual(records);
  expect(await read([...text])).toEqual(records);
});

test('a quote that is never closed is an error', async () => {
  await expect(read(['"a\n'])).rejects.toThrow('never closed');
});
