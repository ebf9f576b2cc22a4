import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spoolUpload } from './spool-upload.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spool-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function* body(chunks: number, end?: Error) {
  for (let i = 0; i < chunks; i += 1) yield Buffer.from('abcd');
  if (end) throw end;
}
const roomy = { maxBytes: 100, isStorageLow: () => false };

test('a body is on disk as it came', async () => {
  const path = join(directory, 'x.upload');
  expect(await spoolUpload(path, body(25), roomy)).toBe(100);
  expect(await readFile(path, 'utf8')).toBe('abcd'.repeat(25));
  expect(await readdir(directory)).toEqual(['x.upload']);
});

test.each([
  ['breaks off', body(3, new Error('aborted')), roomy, 'aborted'],
  ['is too large', body(26), roomy, 'At most 100 bytes'],
  ['finds the disk full', body(3), { maxBytes: 100, isStorageLow: () => true }, 'Disk space is low'],
])('nothing is left of a body that %s', async (_name, source, limits, message) => {
  await expect(spoolUpload(join(directory, 'x.upload'), source, limits)).rejects.toThrow(message);
  expect(await readdir(directory)).toEqual([]);
});
