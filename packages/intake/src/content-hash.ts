import { hash } from 'node:crypto';
import { limits, type StoredEvent } from '@plumbline/contracts';

/** Keys in the order they came and in sorted order. Events of one client share a few such layouts. */
interface Layout {
  keys: readonly string[];
  sorted: readonly string[];
}

const layouts = new Map<string, Layout>();
const rememberedLayouts = 1000;

function isSame(keys: readonly string[], other: readonly string[]): boolean {
  for (let i = 0; i < keys.length; i += 1) if (keys[i] !== other[i]) return false;
  return keys.length === other.length;
}

/** Sorting is what costs: the order of a layout seen before is taken from memory. */
function sortedKeys(keys: readonly string[]): readonly string[] {
  if (keys.length < 2) return keys;
  const id = `${keys.length} ${keys[0]} ${keys[keys.length - 1]}`;
  const known = layouts.get(id);
  if (known && isSame(known.keys, keys)) return known.sorted;
  const sorted = keys.toSorted();
  if (layouts.size >= rememberedLayouts) layouts.clear();
  layouts.set(id, { keys, sorted });
  return sorted;
}

function sortedCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sortedCopy);
  const record = value as Record<string, unknown>;
  const copy: Record<string, unknown> = {};
  for (const key of sortedKeys(Object.keys(record))) {
    const member = record[key];
    copy[key] = typeof member === 'object' ? sortedCopy(member) : member;
  }
  return copy;
}

/** The SHA-256 of an event's canonical content: JSON with the keys of every object in order. Actuals are no part of it. */
export function contentHash(event: StoredEvent): { hash: Buffer; isTooLarge: boolean } {
  const text = JSON.stringify(sortedCopy(event));
  const isTooLarge = text.length * 3 > limits.eventBytes && Buffer.byteLength(text) > limits.eventBytes;
  return { hash: hash('sha256', text, 'buffer'), isTooLarge };
}
