import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestModel, type TestModel } from './test-model.ts';

let it: TestModel;
beforeAll(async () => {
  it = await openTestModel();
});
afterAll(() => it.close());

describe('API keys', () => {
  const create = (hash = randomBytes(32)) =>
    it.db.access.createKey({
      projectId: it.projectId,
      name: 'ci',
      scopes: ['ingest', 'read'],
      prefix: 'pl_ab',
      hash,
    });

  test('are found by hash with their project, also when revoked', async () => {
    const hash = randomBytes(32);
    const key = await create(hash);
    expect(key).toMatchObject({
      scopes: ['ingest', 'read'],
      projectName: 'test',
      revokedAt: null,
      lastUsedAt: null,
    });
    expect(await it.db.access.findKey(hash)).toEqual(key);
    expect(await it.db.access.findKey(randomBytes(32))).toBeNull();
    expect(await it.db.access.revokeKey(it.projectId, key.id)).toBe(true);
    expect(await it.db.access.revokeKey(it.projectId, key.id)).toBe(false);
    expect((await it.db.access.findKey(hash))?.revokedAt).toBeInstanceOf(Date);
    expect(await it.db.access.listKeys(it.projectId)).toEqual([await it.db.access.findKey(hash)]);
  });

  test('are revoked inside their project only', async () => {
    const key = await create();
    const other = await it.db.access.createProject('other');
    expect(await it.db.access.revokeKey(other.id, key.id)).toBe(false);
    expect(await it.db.access.revokeKey(it.projectId, 'nope')).toBe(false);
    expect(await it.db.access.listKeys(other.id)).toEqual([]);
  });

  test('remember the latest use, whatever the order in which uses are reported', async () => {
    const hash = randomBytes(32);
    const { id } = await create(hash);
    for (const ms of [2000, 3000, 1000]) await it.db.access.usedKey(id, new Date(ms));
    expect((await it.db.access.findKey(hash))?.lastUsedAt).toEqual(new Date(3000));
  });
});

test('the first project is the oldest; users reach the project they are members of', async () => {
  const { access } = it.db;
  expect((await access.firstProject())?.id).toBe(it.projectId);
  expect(await access.project(it.projectId)).toMatchObject({ name: 'test' });
  expect(await access.project('nope')).toBeNull();
  expect(await access.userCount()).toBe(0);
  await it.pool.query(`INSERT INTO "user" (id, name, email) VALUES ('u', 'Ann', 'ann@example.com')`);
  expect(await access.userCount()).toBe(1);
  expect(await access.projectOf('u')).toBeNull();
  await access.addMember(it.projectId, 'u');
  await access.addMember(it.projectId, 'u');
  expect(await access.projectOf('u')).toMatchObject({ id: it.projectId });
});

describe('a setup token', () => {
  const now = new Date();
  const soon = new Date(now.getTime() + 1000);

  test('is taken once by 20 who try at the same time', async () => {
    const hash = randomBytes(32);
    await it.db.access.createSetupToken(hash, soon);
    const taken = await Promise.all(Array.from({ length: 20 }, () => it.db.access.takeSetupToken(hash, now)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  test('is not taken when expired or unknown', async () => {
    const hash = randomBytes(32);
    await it.db.access.createSetupToken(hash, now);
    expect(await it.db.access.takeSetupToken(hash, now)).toBe(false);
    expect(await it.db.access.takeSetupToken(randomBytes(32), now)).toBe(false);
  });
});
