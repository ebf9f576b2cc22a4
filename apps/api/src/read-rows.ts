import { createHash, type Hash } from 'node:crypto';
import { type Environment, environments, limits, Problem } from '@plumbline/contracts';
import { type PostedRow, postedRows, type RowDefaults } from '@plumbline/intake';
import type { FastifyRequest } from 'fastify';
import { bodyText, type MediaType, parseJsonText, readBody } from './read-body.ts';

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
): Promise<{ rows: PostedRow[]; envelope: Record<string, unknown>; bytes: Buffer }> {
  const bytes = await readBody(request, limits.bodyBytes);
  const text = bodyText(bytes);
  const body = parseJsonText(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid('', 'type_mismatch', 'expected an object');
  }
  const envelope = body as Record<string, unknown>;
  return { rows: listed(envelope, list, text), envelope, bytes };
}

/** The rows of an envelope that was parsed from `text`. @throws Problem 422 when there are none, too many, or fields it does not know. */
export function listed(
  envelope: Record<string, unknown>,
  list: 'events' | 'actuals',
  text: string,
): PostedRow[] {
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
  const { rows: posted, envelopeFault } = postedRows(rows, text, list);
  if (envelopeFault) throw invalid(envelopeFault.pointer, envelopeFault.code, envelopeFault.detail);
  return posted;
}

export const isNdjson = ({ type }: MediaType) =>
  type === 'application/x-ndjson' || type === 'application/ndjson' || type === 'application/jsonl';

/** What an Idempotency-Key is bound to: the kind of request, its query and the bytes of its body. */
export function bodyHash(kind: string, request: FastifyRequest): Hash {
  const query = request.url.split('?')[1] ?? '';
  return createHash('sha256').update(`${kind}\n${query}\n`);
}
