import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createApiClient } from './api-client.ts';
import { retryDelayMs } from './retry-delay.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function answering(statuses: number[]): Promise<{ baseUrl: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((_request, response) => {
    const status = statuses[Math.min(asked, statuses.length - 1)] ?? 500;
    asked += 1;
    response.writeHead(status, { 'retry-after': '0', 'content-type': 'application/json' });
    response.end(JSON.stringify({ status }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

describe('createApiClient', () => {
  test('waits and repeats on 503 and 429', async () => {
    const { baseUrl, asked } = await answering([503, 429, 202]);
    const client = createApiClient({ baseUrl, apiKey: 'key' });
    expect(await client('POST', '/models/m/events', {})).toEqual({ status: 202 });
    expect(asked()).toBe(3);
  });

  test('does not repeat what no retry will change, and says what was answered', async () => {
    const { baseUrl, asked } = await answering([422]);
    const client = createApiClient({ baseUrl, apiKey: 'key' });
    await expect(client('POST', '/models/m/events', {})).rejects.toThrow('POST /models/m/events: 422');
    expect(asked()).toBe(1);
  });

  test('repeats over a broken connection only what may be sent twice', async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      asked += 1;
      if (asked === 1) request.socket.destroy();
      else response.end('{}');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = createApiClient({ baseUrl, apiKey: 'key' });
    await expect(client('POST', '/channels', {})).rejects.toThrow();
    expect(asked).toBe(1);
    asked = 0;
    expect(await client('POST', '/models/m/events', {}, { isRepeatable: true })).toEqual({});
    expect(asked).toBe(2);
  });
});

describe('retryDelayMs', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  test.each([
    [1, '2', 2000],
    [1, 'Thu, 01 Jan 2026 00:00:03 GMT', 3000],
    [1, 'Wed, 31 Dec 2025 00:00:00 GMT', 0],
    [1, '3600', 10_000],
    [1, null, 250],
    [3, null, 1000],
    [3, 'soon', 1000],
    [20, null, 10_000],
  ])('attempt %d with Retry-After %s waits %d ms', (attempt, retryAfter, delay) => {
    expect(retryDelayMs(attempt, retryAfter, now)).toBe(delay);
  });
});
