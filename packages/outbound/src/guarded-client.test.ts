import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { BlockedDestinationError, createGuardedClient } from './guarded-client.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function client(options: Parameters<typeof createGuardedClient>[0]) {
  const made = createGuardedClient(options);
  closers.push(() => made.close());
  return made;
}
const message = { headers: { 'content-type': 'application/json' }, body: '{}' };

test('posts the body and gives back status, headers and text', async () => {
  const port = await listen((request, response) => {
    request.setEncoding('utf8').on('data', (body) => {
      response.writeHead(429, { 'retry-after': '7' }).end(`${request.method} ${body}`);
    });
  });
  const answer = await client({ allowPrivate: true }).post(`http://localhost:${port}/`, message);
  expect([answer.status, answer.headers['retry-after'], answer.text]).toEqual([429, '7', 'POST {}']);
});

test.each([
  ['a literal', (port: number) => `http://127.0.0.1:${port}/`, undefined],
  ['a number', (port: number) => `http://2130706433:${port}/`, undefined],
  ['localhost', (port: number) => `http://localhost:${port}/`, undefined],
  ['a name that resolves inside', (port: number) => `http://hook.example:${port}/`, ['127.0.0.1']],
  [
    'a name one address of which is inside',
    (port: number) => `http://hook.example:${port}/`,
    ['93.184.215.14', '127.0.0.1'],
  ],
])('no connection reaches a private target given as %s', async (_, url, addresses) => {
  let requests = 0;
  const port = await listen((_request, response) => {
    requests += 1;
    response.end();
  });
  const guarded = client({ allowPrivate: false, ...(addresses ? { lookup: async () => addresses } : {}) });
  await expect(guarded.post(url(port), message)).rejects.toThrow(BlockedDestinationError);
  expect(requests).toBe(0);
});

test('a name that turns private between the check and the connection is refused', async () => {
  let requests = 0;
  const port = await listen((_request, response) => {
    requests += 1;
    response.end();
  });
  let asked = 0;
  const lookup = async () => {
    asked += 1;
    return asked === 1 ? ['93.184.215.14'] : ['127.0.0.1'];
  };
  const post = client({ allowPrivate: false, lookup }).post(`http://hook.example:${port}/`, message);
  await expect(post).rejects.toThrow(BlockedDestinationError);
  expect([asked, requests]).toEqual([2, 0]);
});

test('a redirect is an answer, not an order', async () => {
  const paths: (string | undefined)[] = [];
  const port = await listen((request, response) => {
    paths.push(request.url);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  const answer = await client({ allowPrivate: true }).post(`http://127.0.0.1:${port}/hook`, message);
  expect([answer.status, paths]).toEqual([302, ['/hook']]);
});

test('reads no more of a large answer than the limit', async () => {
  const port = await listen((_request, response) => {
    response.writeHead(200);
    const chunk = 'x'.repeat(8192);
    const pump = () => {
      while (response.write(chunk)) if (response.destroyed) return;
      if (!response.destroyed) response.once('drain', pump);
    };
    pump();
  });
  const answer = await client({ allowPrivate: true }).post(`http://127.0.0.1:${port}/`, message);
  expect(answer.text).toHaveLength(16 * 1024);
});

test('a receiver that drips is cut off when the time is over', async () => {
  const port = await listen((_request, response) => {
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  });
  const slow = client({ allowPrivate: true, timeoutMs: 200 }).post(`http://127.0.0.1:${port}/`, message);
  await expect(slow).rejects.toThrow(/timeout|aborted/i);
});
