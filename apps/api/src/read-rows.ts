import { createHash, type Hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { type Environment, environments, limits, Problem } from '@plumbline/contracts';
import type { FastifyRequest } from 'fastify';
import { bodyBytes, type MediaType, parseJson, readBody, utf8Text } from './read-body.ts';
import { readLines } from './read-lines.ts';
import type { RowFault } from './row-check.ts';
import type { RowDefaults } from './validate-event.ts';

/** One row of a request, or why its line is no row. `index` counts rows from 0; `text` is the line of a fault. */
export type PostedRow = { index: number; row: unknown } | { index: number; fault: RowFault; text: string };

const lineBytes = 1024 * 1024;

function invalid(pointer: string, code: string, detail: string): Problem {
  return new Problem('validation-failed', { detail, errors: [{ pointer, code, detail }] });
}

function envelopeText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`/${name}`, 'type_mismatch', 'expected a string');
  return value;
}

/** Version and environment as the envelope or the query gives them. */
export function rowDefaults(source: Record<string, unknown>): RowDefaults {
  const name = envelopeText(source.environment, 'environment');
  const environment = environments.find((e) => e === name) as Environment | undefined;
  if (name !== undefined && environment === undefined) {
    throw invalid('/environment', 'bad_environment', `expected ${environments.join(', ')}`);
  }
  return { modelVersion: envelopeText(source.model_version, 'model_version'), environment };
}

/** The JSON body `{<list>: [rows], …}`: at most 10 MB and 10,000 rows. @throws Problem 422 for another shape. */
export async function readJsonRows(
  request: FastifyRequest,
  list: 'events' | 'actuals',
): Promise<{ rows: unknown[]; envelope: Record<string, unknown>; bytes: Buffer }> {
  const bytes = await readBody(request, limits.bodyBytes);
  const body = parseJson(bytes);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid('', 'type_mismatch', 'expected an object');
  }
  const envelope = body as Record<string, unknown>;
  return { rows: listed(envelope, list), envelope, bytes };
}

/** The rows of an envelope. @throws Problem 422 when there are none, too many, or fields it does not know. */
export function listed(envelope: Record<string, unknown>, list: 'events' | 'actuals'): unknown[] {
  const known = list === 'events' ? ['events', 'model_version', 'environment'] : ['actuals'];
  const unknown = Object.keys(envelope).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw invalid(`/${unknown.slice(0, 100)}`, 'unknown_field', 'this field is not known');
  }
  const rows = envelope[list];
  if (!Array.isArray(rows)) throw invalid(`/${list}`, 'type_mismatch', 'expected a list');
  if (rows.length === 0) throw invalid(`/${list}`, 'batch_empty', 'the list is empty');
  if (rows.length > limits.eventsPerBatch) {
    throw invalid(
      `/${list}`,
      'batch_too_large',
      `at most ${limits.eventsPerBatch} rows; NDJSON has no limit`,
    );
  }
  return rows;
}

/** Rows of an NDJSON body in chunks, in bounded memory. A line that is not JSON becomes a fault. */
export async function* readNdjsonRows(
  source: Readable,
  headers: IncomingHttpHeaders,
  chunkRows: number,
): AsyncGenerator<PostedRow[]> {
  let index = 0;
  let chunk: PostedRow[] = [];
  for await (const line of readLines(bodyBytes(source, headers), lineBytes)) {
    chunk.push(parseLine(line.bytes, index));
    index += 1;
    if (chunk.length < chunkRows) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function parseLine(bytes: Buffer | null, index: number): PostedRow {
  const fault = (code: string, detail: string, text: string): PostedRow => ({
    index,
    fault: { code, pointer: '', detail },
    text,
  });
  if (bytes === null) return fault('event_too_large', `a line holds at most ${lineBytes} bytes`, '');
  const text = utf8Text(bytes);
  if (text === null) return fault('invalid_utf8', 'the line is not valid UTF-8', bytes.toString('utf8'));
  try {
    return { index, row: JSON.parse(text) };
  } catch {
    return fault('malformed_json', 'the line is not valid JSON', text);
  }
}

export const isNdjson = ({ type }: MediaType) =>
  type === 'application/x-ndjson' || type === 'application/ndjson' || type === 'application/jsonl';

/** What an Idempotency-Key is bound to: the kind of request, its query and the bytes of its body. */
export function bodyHash(kind: string, request: FastifyRequest): Hash {
  const query = request.url.split('?')[1] ?? '';
  return createHash('sha256').update(`${kind}\n${query}\n`);
}
