import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export interface HttpClient {
  /** Posts a ready body and returns the parsed answer. */
  post<Answer>(path: string, body: Buffer | object): Promise<Answer>;
  put(path: string, body: object): Promise<void>;
  get<Answer>(path: string): Promise<Answer>;
  close(): void;
}

/** A lean client with a fixed number of connections, so that it costs the machine it shares as little as can be. */
export function createHttpClient(baseUrl: string, apiKey: string, connections = 4): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (method: string, path: string, body?: Buffer) =>
    new Promise<{ status: number; text: string; retryAfter: string | undefined }>((resolve, reject) => {
      const outgoing = request(
        new URL(path, baseUrl),
        {
          method,
          agent,
          headers: {
            authorization: `Bearer ${apiKey}`,
            ...(body ? { 'content-type': 'application/json', 'content-length': body.length } : {}),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              text: Buffer.concat(chunks).toString(),
              retryAfter: answer.headers['retry-after'],
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  async function call(method: string, path: string, body?: Buffer): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const { status, text, retryAfter } = await send(method, path, body);
      if (status < 300) return text;
      if (status !== 503 || attempt === 20)
        throw new Error(`${method} ${path}: ${status} ${text.slice(0, 500)}`);
      await wait(Number(retryAfter ?? 1) * 1000);
    }
  }

  const bytes = (body: Buffer | object) => (Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)));
  return {
    post: async (path, body) => JSON.parse(await call('POST', path, bytes(body))),
    put: async (path, body) => void (await call('PUT', path, bytes(body))),
    get: async (path) => JSON.parse(await call('GET', path)),
    close: () => agent.destroy(),
  };
}

/** Works through a list with `lanes` at a time. */
export async function inLanes<T>(
  items: Iterable<T> | AsyncIterable<T>,
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const item of items) {
    while (running.size >= lanes) await Promise.race(running);
    const one: Promise<void> = work(item).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
}

/** Asks until the condition holds. @throws Error when the deadline passes first */
export async function until(
  what: string,
  isTrue: () => Promise<boolean>,
  { deadlineMs = 60_000, everyMs = 100 } = {},
): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await wait(everyMs);
  }
}
