import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { type ReceivedMessage, receivedPage } from './received-page.ts';

const longestBody = 1_000_000;

export interface WebhookReceiver {
  /** Where the server posts to; the same address in a browser lists what came. */
  url: string;
  messages: readonly ReceivedMessage[];
  /** The channel's secret, known only once the channel exists; until then every message is refused. */
  trust(secret: string): void;
  close(): Promise<void>;
}

/** Starts a receiver of Standard Webhooks on the loopback interface. A message sent again under its id counts once. */
export async function startWebhookReceiver(
  onMessage: (message: ReceivedMessage) => void,
  port = 0,
): Promise<WebhookReceiver> {
  let webhook: Webhook | undefined;
  const messages: ReceivedMessage[] = [];
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(receivedPage(messages));
      return;
    }
    receive(request, webhook)
      .then((message) => {
        if (!messages.some((earlier) => earlier.webhookId === message.webhookId)) {
          messages.push(message);
          onMessage(message);
        }
        response.writeHead(204).end();
      })
      .catch(() => response.writeHead(401).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/`,
    messages,
    trust: (secret) => {
      webhook = new Webhook(secret);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(request: IncomingMessage, webhook: Webhook | undefined): Promise<ReceivedMessage> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > longestBody) throw new Error('body too large');
    chunks.push(chunk);
  }
  if (!webhook) throw new Error('no secret yet');
  const header = (name: string) => String(request.headers[name] ?? '');
  const message = webhook.verify(Buffer.concat(chunks).toString('utf8'), {
    'webhook-id': header('webhook-id'),
    'webhook-timestamp': header('webhook-timestamp'),
    'webhook-signature': header('webhook-signature'),
  }) as { type: string; data?: Record<string, unknown> };
  return {
    webhookId: header('webhook-id'),
    receivedAt: new Date(),
    type: message.type,
    data: message.data ?? {},
  };
}
