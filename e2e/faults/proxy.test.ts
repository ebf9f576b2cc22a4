import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mishap, openProxy } from './proxy.ts';

/** Answers what it was sent, in capitals. */
const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => socket.end(data.toString().toUpperCase()));
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

async function ask(mishap: Mishap): Promise<string> {
  const proxy = await openProxy((server.address() as AddressInfo).port, () => mishap);
  const socket = connect(proxy.port, '127.0.0.1').on('error', () => {});
  socket.end('hello');
  let text = '';
  socket.on('data', (data) => {
    text += data;
  });
  if (mishap.kind === 'swallow') setTimeout(() => socket.destroy(), 50);
  await once(socket, 'close');
  proxy.close();
  return text;
}

test.each<[Mishap, string]>([
  [{ kind: 'none' }, 'HELLO'],
  [{ kind: 'delay', ms: 20 }, 'HELLO'],
  [{ kind: 'cut-response', afterBytes: 2 }, 'HE'],
  [{ kind: 'cut-request', afterBytes: 3 }, ''],
  [{ kind: 'swallow' }, ''],
])('%j lets %j through', async (mishap, text) => {
  expect(await ask(mishap)).toBe(text);
});
