import { setTimeout as wait } from 'node:timers/promises';

export interface Api {
  get<Answer>(path: string, query?: URLSearchParams): Promise<Answer>;
  send<Answer>(method: 'PUT' | 'POST', path: string, body: unknown): Promise<Answer>;
  upload(path: string, ndjsonGzip: Buffer): Promise<void>;
}

/** A client of one server; anything but 2xx throws, 503 waits and repeats. */
export function createApi(baseUrl: string, apiKey: string): Api {
  async function call(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Uint8Array<ArrayBuffer>,
  ) {
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(new URL(path, baseUrl), {
        method,
        headers: { authorization: `Bearer ${apiKey}`, ...headers },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(120_000),
      });
      const text = await answer.text();
      if (answer.ok) return text;
      if (answer.status !== 503 || attempt === 20) {
        throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 1000)}`);
      }
      await wait(Number(answer.headers.get('retry-after') ?? 1) * 1000);
    }
  }
  return {
    get: async (path, query) => JSON.parse(await call('GET', query ? `${path}?${query}` : path, {})),
    send: async (method, path, body) =>
      JSON.parse(await call(method, path, { 'content-type': 'application/json' }, JSON.stringify(body))),
    upload: async (path, ndjsonGzip) => {
      const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
      await call('POST', path, headers, new Uint8Array(ndjsonGzip));
    },
  };
}

/** Asks until the answer is right. @throws Error with the last answer when the deadline passes. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer>,
  isRight: (answer: Answer) => boolean,
  deadlineMs = 90_000,
): Promise<Answer> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > end) throw new Error(`${what} within ${deadlineMs} ms: ${JSON.stringify(answer)}`);
    await wait(250);
  }
}

/** Runs the tasks in order, `limit` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await task(item);
  };
  await Promise.all(Array.from({ length: limit }, lane));
}

export function batches<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
    rows.slice(i * size, (i + 1) * size),
  );
}
