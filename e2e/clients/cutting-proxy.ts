import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** What happens to an answer: it arrives, its connection ends before it, or in the middle of its body. */
export type Fate = 'pass' | 'cut' | 'truncate';

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function forward(target: URL, incoming: IncomingMessage): Promise<[IncomingMessage, Buffer]> {
  const body = await bytesOf(incoming);
  const { method, url, headers } = incoming;
  const outgoing = request(new URL(url ?? '/', target), {
    ...(method ? { method } : {}),
    headers: { ...headers, host: target.host },
  });
  outgoing.end(body);
  const [answer]: [IncomingMessage] = (await once(outgoing, 'response')) as [IncomingMessage];
  return [answer, await bytesOf(answer)];
}

function end(fate: Fate, [answer, body]: [IncomingMessage, Buffer], response: ServerResponse): void {
  if (fate === 'cut') {
    response.destroy();
    return;
  }
  response.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? '' });
  if (fate === 'pass') response.end(body);
  else response.write(body.subarray(0, body.length / 2), () => response.destroy());
}

/** A proxy in front of `target` that lets every request through and ends the answer to the n-th by `fateOf(n)`. */
export async function startCuttingProxy(target: string, fateOf: (n: number) => Fate) {
  const keys: (string | undefined)[] = [];
  const server = createServer((incoming, response) => {
    const fate = fateOf(keys.length);
    keys.push(incoming.headers['idempotency-key']?.toString());
    forward(new URL(target), incoming).then(
      (answered) => end(fate, answered, response),
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    /** The idempotency key of each request, in order. */
    keys,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
