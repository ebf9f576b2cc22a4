import type { StoredEvent } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { contentHash } from './content-hash.ts';

const event = (features: StoredEvent['features'], change: Partial<StoredEvent> = {}): StoredEvent => ({
  prediction_id: 'a',
  prediction_ms: 1,
  model_version: 'v',
  environment: 'production',
  features,
  ...change,
});
const hexOf = (value: StoredEvent) => contentHash(value).hash.toString('hex');

test('the order of keys does not matter, at any depth', () => {
  const one = event({ a: 1, b: 2, 10: 3, 9: 4 }, { tags: { x: 'y', a: 'b' } });
  const other = event({ 9: 4, 10: 3, b: 2, a: 1 }, { tags: { a: 'b', x: 'y' } });
  expect(hexOf(one)).toBe(hexOf(other));
});

test.each<[string, StoredEvent]>([
  ['a value', event({ a: 1, b: 3, c: 4 })],
  ['a type', event({ a: '1', b: 2, c: 4 })],
  ['a null', event({ a: null, b: 2, c: 4 })],
  ['a missing feature', event({ a: 1, c: 4 })],
  ['a renamed feature between the same first and last one', event({ a: 1, x: 2, c: 4 })],
  ['swapped values', event({ a: 2, b: 1, c: 4 })],
  ['the time', event({ a: 1, b: 2, c: 4 }, { prediction_ms: 2 })],
  ['the order of a list', event({ a: 1, b: 2, c: 4 }, { embedding_features: { e: { vector: [2, 1] } } })],
])('%s makes another hash', (_what, changed) => {
  const bases = [
    event({ a: 1, b: 2, c: 4 }),
    event({ a: 1, b: 2, c: 4 }, { embedding_features: { e: { vector: [1, 2] } } }),
  ];
  for (const base of bases) expect(hexOf(changed)).not.toBe(hexOf(base));
});

test('absent members and undefined ones are the same', () => {
  const withUndefined = { ...event({ a: 1 }), prediction_label: undefined } as unknown as StoredEvent;
  expect(hexOf(withUndefined)).toBe(hexOf(event({ a: 1 })));
});
