import { setTimeout as wait } from 'node:timers/promises';
import { faultsOf } from './conventions.ts';

/** What one request was answered with. `body` is the parsed JSON, or null when there was none. */
export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
  url: string;
}

export interface RequestOptions {
  body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  raw?: string | Uint8Array<ArrayBuffer>;
  type?: string;
  headers?: Record<string, string>;
  /** Another key than the client's own; null sends none. */
  key?: string | null;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  request_id: string;
  errors?: { pointer: string; code: string; detail: string }[];
}

interface Rejected {
  index: number;
  prediction_id: string | null;
  code: string;
  pointer: string;
  detail: string;
}

export interface Receipt {
  batch_id: string;
  accepted: number;
  duplicates: number;
  rejected: Rejected[];
}

export interface Page<Item> {
  data: Item[];
  next_cursor: string | null;
}

/** Plain requests to one running product. Every answer is held against the conventions that hold everywhere. */
export interface Client {
  call<Body = Problem>(method: string, path: string, options?: RequestOptions): Promise<Answer<Body>>;
  get<Body>(path: string, query?: Record<string, string>): Promise<Body>;
  send<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  /** Broken conventions so far, each with the first answer that broke it. */
  faults: ReadonlyMap<string, string>;
}

export function createClient(url: string, ownKey: string): Client {
  const faults = new Map<string, string>();
  async function call<Body>(method: string, path: string, options: RequestOptions = {}) {
    const { body, raw, type, headers = {}, key = ownKey } = options;
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(content === undefined ? {} : { 'content-type': type ?? 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : null;
    for (const fault of faultsOf(answer, parsed, text)) {
      if (!faults.has(fault)) faults.set(fault, `${method} ${path} ${answer.status}: ${text.slice(0, 200)}`);
    }
    return { status: answer.status, headers: answer.headers, body: parsed as Body, text, url: answer.url };
  }
  async function succeed<Body>(method: string, path: string, options: RequestOptions = {}): Promise<Body> {
    const answer = await call<Body>(method, path, options);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }
  return {
    call,
    get: (path, query) => succeed('GET', query ? `${path}?${new URLSearchParams(query)}` : path),
    send: (method, path, body) => succeed(method, path, body === undefined ? {} : { body }),
    faults,
  };
}

/** Asks until the answer is right. @throws Error with the last answer when the deadline passes. */
export async function until<T>(
  ask: () => Promise<T> | T,
  isRight: (answer: T) => boolean,
  deadlineMs = 15_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${JSON.stringify(answer)}`);
    await wait(100);
  }
}
