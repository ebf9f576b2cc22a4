import { once } from 'node:events';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

interface Received {
  type: string;
  data: { incident: { id: string; status: string; url: string; metric: string } };
}

/** A receiver on loopback that keeps what it can verify with the channel's secret and answers 401 to the rest. */
export async function startWebhookReceiver() {
  const received: Received[] = [];
  let secret: string | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    try {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      received.push(
        new Webhook(secret ?? '').verify(Buffer.concat(chunks).toString('utf8'), headers) as Received,
      );
      response.writeHead(204).end();
    } catch {
      response.writeHead(401).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received: received as readonly Received[],
    trust: (channelSecret: string) => {
      secret = channelSecret;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
