import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, inject, test } from 'vitest';
import { createDatabaseProbe } from './database-probe.ts';

test('a ping resolves while the database answers, also after a reset', async () => {
  const probe = createDatabaseProbe(inject('postgres').connectionString);
  await probe.ping();
  await probe.ping();
  probe.reset();
  await probe.ping();
  probe.reset();
});

test('a ping rejects when nobody listens', async () => {
  const probe = createDatabaseProbe('postgres://a:b@127.0.0.1:1/c');
  await expect(probe.ping()).rejects.toThrow('ECONNREFUSED');
});

test('a ping to a silent server waits until a reset, which rejects it', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const probe = createDatabaseProbe(`postgres://a:b@127.0.0.1:${(silent.address() as AddressInfo).port}/c`);
  const connected = once(silent, 'connection');
  const pinged = probe.ping();
  await connected;
  probe.reset();
  await expect(pinged).rejects.toThrow(/terminated/);
  silent.close();
});
