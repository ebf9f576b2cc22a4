import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';

export interface ReceivedRequest {
  url: string;
  key: string;
  authorization: string;
  /** Epoch milliseconds. */
  at: number;
  rows: Record<string, unknown>[];
}

type Reply = (request: ReceivedRequest, response: ServerResponse) => void;

/** Answers as Plumbline does when it stores every row. */
export const accept: Reply = ({ rows }, response) => {
  response.writeHead(202, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ batch_id: 'b', accepted: rows.length, duplicates: 0, rejected: [] }));
};

export const answer =
  (status: number, body: unknown = {}, headers: Record<string, string> = {}): Reply =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

/** Ends the connection without an answer. */
export const cut: Reply = (_request, response) => {
  response.destroy();
};

async function receive(message: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const text = String(message.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes);
  const body: Record<string, Record<string, unknown>[]> = JSON.parse(text);
  return {
    url: message.url ?? '',
    key: String(message.headers['idempotency-key']),
    authorization: message.headers.authorization ?? '',
    at: Date.now(),
    rows: body.events ?? body.actuals ?? [],
  };
}

/** A server on a free port that answers by `script`, one entry a request, and accepts when it is used up. */
export async function startTestServer(script: Reply[] = []) {
  const requests: ReceivedRequest[] = [];
  const server = createServer((message, response) => {
    void receive(message).then((request) => {
      requests.push(request);
      (script.shift() ?? accept)(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
