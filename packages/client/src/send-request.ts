import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { readVerdict, type Verdict } from './read-verdict.ts';

const compress = promisify(gzip);
/** Smaller bodies fit a packet or two anyway. */
const compressFromBytes = 2048;

export interface EncodedBody {
  bytes: Uint8Array<ArrayBuffer>;
  isCompressed: boolean;
}

/** The body's bytes, gzipped where that pays. */
export async function encodeBody(json: string): Promise<EncodedBody> {
  const plain = Buffer.from(json);
  if (plain.length < compressFromBytes) return { bytes: plain, isCompressed: false };
  const compressed = await compress(plain, { level: 1 }).catch(() => undefined);
  return compressed ? { bytes: compressed, isCompressed: true } : { bytes: plain, isCompressed: false };
}

export interface BatchRequest {
  url: string;
  apiKey: string;
  /** The same for every attempt at one batch. */
  idempotencyKey: string;
  body: EncodedBody;
  timeoutMs: number;
  /** Cuts the request short. */
  signal: AbortSignal;
}

/** Sends one attempt; a broken connection and a timeout are verdicts, too. */
export async function sendRequest(request: BatchRequest): Promise<Verdict> {
  const { url, apiKey, idempotencyKey, body, timeoutMs, signal } = request;
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('The client was closed.'));
  const timer = setTimeout(() => {
    controller.abort(new Error(`No answer within ${timeoutMs} ms.`));
  }, timeoutMs);
  timer.unref();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
        ...(body.isCompressed ? { 'content-encoding': 'gzip' } : {}),
      },
      body: body.bytes,
      signal: controller.signal,
    });
    const text = await response.text();
    return readVerdict(
      { status: response.status, retryAfter: response.headers.get('retry-after'), text },
      Date.now(),
    );
  } catch (error) {
    return { kind: 'retry', status: null, message: failureOf(error), retryAfterMs: 0 };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function failureOf(error: unknown): string {
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return `The request failed: ${reason instanceof Error ? reason.message || reason.name : String(reason)}`;
}
