import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/**
 * `GET /healthz` answers 200 while the process lives, `GET /readyz` 200 or 503 with the names of the checks that
 * failed. For processes without an HTTP interface of their own.
 */
export async function startHealthServer(options: {
  port: number;
  host?: string;
  checks: Record<string, () => Promise<void>>;
}): Promise<HealthServer> {
  const failing = async () => {
    const entries = Object.entries(options.checks);
    const results = await Promise.allSettled(entries.map(([, check]) => check()));
    return entries.filter((_, index) => results[index]?.status === 'rejected').map(([name]) => name);
  };
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.method !== 'GET') answer(405, { status: 'method not allowed' });
    else if (request.url === '/healthz') answer(200, { status: 'ok' });
    else if (request.url === '/readyz') {
      void failing().then((names) =>
        names.length === 0
          ? answer(200, { status: 'ready' })
          : answer(503, { status: 'not ready', failing: names }),
      );
    } else answer(404, { status: 'not found' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}
