import { createHash } from 'node:crypto';
import type { StoredEvent } from '@plumbline/contracts';

/** JSON with the keys of every object in order, so that equal content gives equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const record = value as Record<string, unknown>;
  const members: string[] = [];
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join()}}`;
}

/** The canonical content of an event as posted, and its SHA-256. Actuals are no part of it: they may change. */
export function contentHash(event: StoredEvent): { hash: Buffer; bytes: number } {
  const text = canonicalJson(event);
  return { hash: createHash('sha256').update(text).digest(), bytes: Buffer.byteLength(text) };
}
