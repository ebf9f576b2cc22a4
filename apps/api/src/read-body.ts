import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Problem } from '@plumbline/contracts';
import { utf8Text } from '@plumbline/intake';
import type { FastifyRequest } from 'fastify';

export interface MediaType {
  type: string;
  charset: string | null;
}

/** The request's content type in lower case. @throws Problem 415 when it is missing or its charset is not UTF-8. */
export function mediaType(request: FastifyRequest): MediaType {
  const header = request.headers['content-type'] ?? '';
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim());
  const charset = parameters
    .map((p) => /^charset\s*=\s*"?([^"\s]*)"?$/i.exec(p)?.[1])
    .find((c) => c !== undefined);
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new Problem('unsupported-charset', { detail: 'Only UTF-8 is supported.' });
  }
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(type)) throw new Problem('unsupported-media-type');
  return { type: type.toLowerCase(), charset: charset ?? null };
}

/** The body's bytes with the content encoding taken off. @throws Problem when the encoding is unknown or broken. */
export async function* bodyBytes(source: Readable, headers: IncomingHttpHeaders): AsyncGenerator<Buffer> {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') {
    yield* source.iterator({ destroyOnReturn: false });
    return;
  }
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new Problem('unsupported-encoding', { detail: 'Only gzip is supported.' });
  }
  const inflated = createGunzip();
  source.on('error', (error) => inflated.destroy(error));
  source.pipe(inflated);
  try {
    yield* inflated;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!code.startsWith('Z_')) throw error;
    throw new Problem('bad-encoding', { detail: 'The body is not valid gzip.', cause: error });
  } finally {
    source.unpipe(inflated);
    inflated.destroy();
  }
}

/** The whole body. @throws Problem 413 as soon as it is known to exceed `maxBytes`, inflated bytes counted. */
export async function readBody(request: FastifyRequest, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new Problem('payload-too-large', { detail: `At most ${maxBytes} bytes.` });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bodyBytes(request.raw, request.headers)) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** @throws Problem 400 for bytes that are not UTF-8. */
export function bodyText(bytes: Buffer): string {
  const text = utf8Text(bytes);
  if (text === null) throw new Problem('invalid-utf8');
  return text;
}

/** @throws Problem 400 for a text that is not JSON. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('malformed-json', { detail: (error as Error).message.slice(0, 200), cause: error });
  }
}

/** @throws Problem 400 for bytes that are not UTF-8 or not JSON. */
export const parseJson = (bytes: Buffer): unknown => parseJsonText(bodyText(bytes));
