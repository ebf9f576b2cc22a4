import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** One message as it arrived. */
export interface Received {
  path: string;
  id: string;
  timestamp: string;
  signature: string;
  body: string;
}

export interface Receiver {
  url: string;
  /** What came to a path, oldest first. */
  at(path: string): Received[];
  close(): Promise<void>;
}

/**
 * A webhook receiver: `/ok…` answers 200, `/twice…` 500 once and then 200, `/gone…` 410, `/redirect…` 302 to
 * `/followed`, `/down…` 500 always.
 */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const at = (path: string) => received.filter((message) => message.path === path);
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const path = request.url ?? '';
      const header = (name: string) => String(request.headers[name] ?? '');
      received.push({
        path,
        id: header('webhook-id'),
        timestamp: header('webhook-timestamp'),
        signature: header('webhook-signature'),
        body,
      });
      if (path.startsWith('/redirect')) response.setHeader('location', '/followed');
      response.writeHead(statusOf(path, at(path).length)).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    at,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function statusOf(path: string, count: number): number {
  if (path.startsWith('/twice')) return count === 1 ? 500 : 200;
  if (path.startsWith('/gone')) return 410;
  if (path.startsWith('/redirect')) return 302;
  if (path.startsWith('/down')) return 500;
  return 200;
}

/** The signature a message must carry by Standard Webhooks, `secret` as it was shown. */
export function signatureOf({ id, timestamp, body }: Received, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
