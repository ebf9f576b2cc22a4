import type { z } from 'zod';

/** An answer that is not 2xx (a problem document), not reachable, or not what the contract says. */
export class ApiError extends Error {
  readonly status: number;
  /** Last segment of the problem's `type`; `unreachable` or `contract-mismatch` when there is none. */
  readonly slug: string;
  readonly title: string;
  readonly requestId: string | undefined;

  constructor(fields: { status: number; slug: string; title: string; detail?: string; requestId?: string }) {
    super(fields.detail ?? fields.title);
    this.name = 'ApiError';
    this.status = fields.status;
    this.slug = fields.slug;
    this.title = fields.title;
    this.requestId = fields.requestId;
  }
}

export type QueryValue = string | number | undefined;

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, QueryValue>;
  body?: unknown;
  /** A body that is not JSON. */
  content?: { body: Blob; type: string };
  signal?: AbortSignal;
}

function withQuery(path: string, query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value));
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function problemOf(status: number, body: unknown): ApiError {
  const document = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const title = text(document.title) ?? `The server answered ${status}`;
  const detail = text(document.detail) ?? text(document.message);
  const requestId = text(document.request_id);
  return new ApiError({
    status,
    slug: text(document.type)?.split('/').pop() ?? 'unknown',
    title,
    ...(detail === undefined ? {} : { detail }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}

const unreachable = () =>
  new ApiError({ status: 0, slug: 'unreachable', title: 'The server cannot be reached' });

async function send(path: string, options: RequestOptions): Promise<Response> {
  const { method = 'GET', body, content, signal } = options;
  const json = body === undefined ? undefined : { body: JSON.stringify(body), type: 'application/json' };
  const sent = content ?? json;
  try {
    return await fetch(withQuery(path, options.query), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(sent ? { 'content-type': sent.type } : {}),
      },
      ...(sent ? { body: sent.body } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw unreachable();
  }
}

function answerOf<T extends z.ZodType>(schema: T, path: string, status: number, raw: string): z.infer<T> {
  let body: unknown;
  try {
    body = raw === '' ? undefined : JSON.parse(raw);
  } catch {
    body = undefined;
  }
  if (status < 200 || status > 299) throw problemOf(status, body);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiError({
    status,
    slug: 'contract-mismatch',
    title: 'The server sent an answer this page does not understand',
    detail: `${path}: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`,
  });
}

/** Calls the API and parses the reply with the contract's schema. Throws {@link ApiError}. */
export async function callApi<T extends z.ZodType>(
  schema: T,
  path: string,
  options: RequestOptions = {},
): Promise<z.infer<T>> {
  const response = await send(path, options);
  return answerOf(schema, path, response.status, await response.text());
}

/** Posts a file and tells how much of it is sent (0 to 1), which `fetch` cannot. Throws {@link ApiError}. */
export function sendFile<T extends z.ZodType>(
  schema: T,
  path: string,
  options: {
    query: Record<string, QueryValue>;
    file: Blob;
    headers: Record<string, string>;
    onSent: (share: number) => void;
    signal: AbortSignal;
  },
): Promise<z.infer<T>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', withQuery(path, options.query));
    for (const [name, value] of Object.entries(options.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => options.onSent(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      try {
        resolve(answerOf(schema, path, request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(options.signal.reason);
    options.signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(options.file);
  });
}
