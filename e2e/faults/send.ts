import { once } from 'node:events';
import { request } from 'node:http';
import type { IngestAnswer } from '@plumbline/contracts';

export interface Sent {
  status: number;
  /** The problem's slug, or the error of a connection that broke. */
  why: string;
  answer: IngestAnswer | null;
  retryAfterMs: number;
  tookMs: number;
}

/** Sends rows on a connection of their own. Status 0 says that no whole answer came back in time. */
export async function sendRows(
  to: { port: number; apiKey: string; path: string },
  rows: { events: unknown[] } | { actuals: unknown[] },
  options: { timeoutMs: number; idempotencyKey?: string },
): Promise<Sent> {
  const startedAt = performance.now();
  const tookMs = () => performance.now() - startedAt;
  const body = JSON.stringify(rows);
  const signal = AbortSignal.timeout(options.timeoutMs);
  const asked = request({
    host: '127.0.0.1',
    port: to.port,
    path: to.path,
    method: 'POST',
    agent: false,
    signal,
    headers: {
      authorization: `Bearer ${to.apiKey}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(options.idempotencyKey ? { 'idempotency-key': options.idempotencyKey } : {}),
    },
  });
  try {
    asked.end(body);
    const [response] = await once(asked, 'response', { signal });
    asked.on('error', () => {});
    let text = '';
    for await (const chunk of response) text += chunk;
    const parsed = JSON.parse(text);
    const status: number = response.statusCode ?? 0;
    return {
      status,
      why:
        String(parsed.type ?? '')
          .split('/')
          .pop() ?? '',
      answer: 'accepted' in parsed ? parsed : null,
      retryAfterMs: Number(response.headers['retry-after'] ?? 0) * 1000,
      tookMs: tookMs(),
    };
  } catch (error) {
    asked.on('error', () => {});
    const { code, name } = error as NodeJS.ErrnoException;
    return { status: 0, why: code ?? name, answer: null, retryAfterMs: 0, tookMs: tookMs() };
  }
}
