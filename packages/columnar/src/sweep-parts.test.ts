import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sweepParts } from './sweep-parts.ts';

const [living, deleted] = [randomUUID(), randomUUID()];
const now = Date.now();
const hourMs = 3_600_000;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sweep-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, ageMs: number): Promise<string> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, 'x');
  const at = new Date(now - ageMs);
  await utimes(file, at, at);
  return path;
}

const sweep = (named: Record<string, string[]>) =>
  sweepParts(root, async (modelId) => named[modelId] ?? [], now - hourMs);

test('removes old files that no part names, those of deleted models with their folders, and unfinished ones', async () => {
  const named = await put(`${living}/events/named.parquet`, 5 * hourMs);
  const young = await put(`${living}/events/young.parquet`, hourMs / 2);
  const orphan = await put(`${living}/actuals/orphan.parquet`, 2 * hourMs);
  const left = await put(`${deleted}/reference/left.parquet`, 2 * hourMs);
  const draft = await put('temporary/7-x/draft.parquet', 2 * hourMs);
  const writing = await put('temporary/7-x/writing.parquet', 0);
  const foreign = await put('notes/events/foreign.parquet', 9 * hourMs);
  expect((await sweep({ [living]: [named] })).sort()).toEqual([orphan, left, draft].sort());
  for (const kept of [named, young, writing, foreign]) expect(existsSync(join(root, kept)), kept).toBe(true);
  expect(existsSync(join(root, deleted))).toBe(false);
  expect(await sweep({ [living]: [named] })).toEqual([]);
});

test('asks which parts there are after it listed the files', async () => {
  const path = `${living}/events/named-meanwhile.parquet`;
  const late = async () => {
    await put(`${living}/events/written-meanwhile.parquet`, 2 * hourMs);
    return [path];
  };
  await put(path, 2 * hourMs);
  expect(await sweepParts(root, late, now - hourMs)).toEqual([]);
});

test('of a store that does not exist yet removes nothing', async () => {
  expect(await sweepParts(join(root, 'none'), async () => [], now)).toEqual([]);
});
