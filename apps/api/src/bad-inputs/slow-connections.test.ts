import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyDeadline } from '../plugins/body-deadline.ts';
import { problemDetails } from '../plugins/problem-details.ts';
import { readBody } from '../read-body.ts';
import { openTestApi, type TestApi } from '../test-api.ts';

const deadlineMs = 600;
let api: TestApi;
let port: number;
/** A server whose only route reads its body, with a deadline a test can wait for. */
let hasty: FastifyInstance;
let hastyPort: number;
const logged: string[] = [];
beforeAll(async () => {
  api = await openTestApi({}, { write: (line) => void logged.push(line) });
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = api.app.server.address() as AddressInfo);
  hasty = Fastify();
  await hasty.register(problemDetails);
  await hasty.register(bodyDeadline, { timeoutMs: deadlineMs });
  hasty.removeAllContentTypeParsers();
  hasty.addContentTypeParser('*', (_request, _payload, done) => done(null));
  hasty.post('/', async (request) => ({ bytes: (await readBody(request, 1_000_000)).length }));
  await hasty.listen({ host: '127.0.0.1', port: 0 });
  hastyPort = (hasty.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await hasty.close();
  await api.close();
});

async function open(to: number): Promise<{ socket: Socket; text(): string }> {
  const socket = connect(to, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return { socket, text: () => text };
}

const isAlive = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).status === 200;
const head = (type: string, length = 100) =>
  `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;

async function answerToTrickle(type: string, bytes: number, everyMs: number): Promise<string> {
  const { socket, text } = await open(hastyPort);
  socket.write(head(type));
  let left = bytes;
  const timer = setInterval(() => {
    left -= 1;
    if (left >= 0) socket.write('x');
    else clearInterval(timer);
  }, everyMs);
  await Promise.race([once(socket, 'close'), once(socket, 'data')]);
  clearInterval(timer);
  socket.destroy();
  return text();
}

test('a plain body that trickles in is answered 408 in its time, and the connection ends', async () => {
  const since = Date.now();
  const text = await answerToTrickle('application/json', 100, 100);
  expect(Date.now() - since).toBeLessThan(5 * deadlineMs);
  expect(text).toMatch(/^HTTP\/1\.1 408 [\s\S]*application\/problem\+json[\s\S]*problems\/request-timeout/);
});

test('a streamed body may take its time as long as bytes come, and not longer', async () => {
  expect(await answerToTrickle('application/x-ndjson', 100, 20)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await answerToTrickle('application/x-ndjson', 10, 50)).toMatch(/^HTTP\/1\.1 408 /);
});

test('headers that trickle in are answered 408, and good clients do not notice', async () => {
  const { server } = api.app;
  expect(server.headersTimeout).toBe(30_000);
  server.headersTimeout = 500;
  const { socket, text } = await open(port);
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n');
  const timer = setInterval(() => socket.write('x-a: b\r\n'), 100);
  const ended = once(socket, 'close');
  expect(await isAlive()).toBe(true);
  await ended;
  clearInterval(timer);
  server.headersTimeout = 30_000;
  expect(text()).toMatch(/^HTTP\/1\.1 408 [\s\S]*problems\/request-timeout/);
});

test('500 connections that say nothing do not keep a good client out', async () => {
  const idle = await Promise.all(Array.from({ length: 500 }, () => open(port)));
  expect(await isAlive()).toBe(true);
  for (const { socket } of idle) socket.destroy();
});

test('a body that ends before its length stores nothing and alarms nobody', async () => {
  const slug = await api.putModel();
  const event = { prediction_id: 'cut', prediction_timestamp: '2026-01-05T00:00:00Z' };
  const body = JSON.stringify({ events: [event] });
  for (const type of ['application/json', 'application/x-ndjson']) {
    const { socket } = await open(port);
    socket.write(
      `POST /v1/models/${slug}/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.adminKey}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length + 1000}\r\n\r\n${body}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const ended = once(socket, 'close');
    socket.destroy();
    await ended;
  }
  const deadline = Date.now() + 2000;
  while (Date.now() < deadline && api.app.pressure.requests() > 0) await isAlive();
  expect((await api.call('GET', `/v1/models/${slug}/ingest-status`)).body.events).toBe(0);
  expect(logged.filter((line) => JSON.parse(line).level > 40)).toEqual([]);
});
