import { setTimeout as wait } from 'node:timers/promises';
import { retryDelayMs } from './retry-delay.ts';

const attempts = 8;
const timeoutMs = 120_000;

export interface ApiTarget {
  /** Origin of the server, e.g. `http://127.0.0.1:3000`. */
  baseUrl: string;
  apiKey: string;
  signal?: AbortSignal | undefined;
}

/** Sends one request below `/v1` and returns the parsed answer. */
export type ApiClient = <Answer>(
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  options?: RequestOptions,
) => Promise<Answer>;

interface RequestOptions {
  /** The request may be sent twice. Default: every method but POST. */
  isRepeatable?: boolean;
  /** Sends a string body as it is, under this type. Default: any body as JSON. */
  contentType?: string;
}

/** An answer other than 2xx that no retry will change. */
class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/**
 * A client that waits and repeats on 429 and 503, which promise that nothing was stored. A broken connection is
 * repeated only where the request may be sent twice: anything but POST, or a POST marked repeatable.
 */
export function createApiClient({ baseUrl, apiKey, signal }: ApiTarget): ApiClient {
  return async (method, path, body, options) => {
    const isRepeatable = options?.isRepeatable ?? method !== 'POST';
    const contentType = options?.contentType ?? 'application/json';
    const text = options?.contentType ? String(body) : body === undefined ? undefined : JSON.stringify(body);
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt === attempts;
      let retryAfter: string | null = null;
      try {
        const response = await fetch(new URL(`/v1${path}`, baseUrl), {
          method,
          headers: {
            authorization: `Bearer ${apiKey}`,
            ...(text === undefined ? {} : { 'content-type': contentType }),
          },
          ...(text === undefined ? {} : { body: text }),
          signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]),
        });
        const answer = await response.text();
        if (response.ok) return answer === '' ? undefined : JSON.parse(answer);
        const isBusy = response.status === 429 || response.status === 503;
        if (!isBusy || isLast) {
          throw new ApiError(
            response.status,
            `${method} ${path}: ${response.status} ${answer.slice(0, 500)}`,
          );
        }
        retryAfter = response.headers.get('retry-after');
      } catch (error) {
        if (error instanceof ApiError || signal?.aborted || !isRepeatable || isLast) throw error;
      }
      await wait(retryDelayMs(attempt, retryAfter, Date.now()), undefined, signal ? { signal } : {});
    }
  };
}
