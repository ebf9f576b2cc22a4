import { expect, test } from 'vitest';
import { resolveOptions } from './client-options.ts';

const required = { url: 'https://plumbline.example/base/', apiKey: 'pl_key', model: 'flight-delay' };

// The types forbid an explicit undefined; callers in plain JavaScript pass one all the same.
test('a path in the URL stays, its last slash does not; what is undefined has its default', () => {
  const options = resolveOptions({ ...required, ...{ maxBatchRows: undefined as unknown as number } });
  expect(options).toMatchObject({ url: 'https://plumbline.example/base', maxBatchRows: 1000 });
});

test.each([
  ['url', { url: 'plumbline.example' }],
  ['url', { url: 'file:///etc/hosts' }],
  ['apiKey', { apiKey: '' }],
  ['apiKey', { apiKey: 'a\nb' }],
  ['model', { model: 'Flight Delay' }],
  ['maxBatchRows', { maxBatchRows: 10_001 }],
  ['maxBatchBytes', { maxBatchBytes: 9_000_001 }],
  ['flushIntervalMs', { flushIntervalMs: Number.NaN }],
  ['maxQueueRows', { maxQueueRows: 0 }],
  ['requestTimeoutMs', { requestTimeoutMs: 2 ** 31 }],
])('%s that cannot be used is named: %j', (name, wrong) => {
  expect(() => resolveOptions({ ...required, ...wrong })).toThrow(new RegExp(`^${name}: `));
});
