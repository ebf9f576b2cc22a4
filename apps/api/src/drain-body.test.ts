import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drainBody } from './drain-body.ts';
import { readBody } from './read-body.ts';

const server = createServer(async (incoming, answer) => {
  const asked = { raw: incoming, headers: incoming.headers } as unknown as Parameters<typeof readBody>[0];
  await readBody(asked, 1000).catch(() => drainBody(incoming));
  answer.writeHead(413, { connection: 'close' }).end();
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

test.each([
  ['a stated length', {}],
  ['chunks', { 'transfer-encoding': 'chunked' }],
])('a client that writes 12 MB with %s before it reads gets the answer', async (_, headers) => {
  const body = Buffer.alloc(12_000_000, 'x');
  const length = 'transfer-encoding' in headers ? {} : { 'content-length': body.length };
  const { port } = server.address() as AddressInfo;
  const post = request({ host: '127.0.0.1', port, method: 'POST', headers: { ...headers, ...length } });
  const answered = once(post, 'response');
  post.end(body);
  await once(post, 'finish');
  const [response] = await answered;
  expect(response.statusCode).toBe(413);
  response.resume();
});
