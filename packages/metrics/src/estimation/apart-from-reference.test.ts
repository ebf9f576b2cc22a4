import type { MultivariateResult } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { apartFromReference } from './apart-from-reference.ts';

const compared = (fromMs: number, toMs: number, value: number | null, drifted = true) => ({
  fromMs,
  toMs,
  result: { classifier: { value, drifted } as MultivariateResult['classifier'] },
});
const window = { startMs: 100, endMs: 200 };

test.each([
  ['all of the window was found apart', [compared(0, 300, 0.95)], 0.95],
  ['half of it', [compared(150, 300, 0.95)], 0.95],
  ['less than half of it', [compared(151, 300, 0.95)], undefined],
  ['two quarters of it', [compared(0, 125, 0.92), compared(175, 200, 0.97)], 0.97],
  ['the same quarter twice', [compared(100, 125, 0.92), compared(100, 125, 0.97)], undefined],
  ['0.9 exactly', [compared(0, 300, 0.9)], undefined],
  ['no more than windows of the reference differ', [compared(0, 300, 0.99, false)], undefined],
  ['not comparable', [compared(0, 300, null)], undefined],
  ['another time', [compared(0, 100, 0.95), compared(200, 300, 0.95)], undefined],
  ['still waiting', [{ fromMs: 0, toMs: 300, result: null }], undefined],
  ['never compared', [], undefined],
])('%s: %#', (_, windows, expected) => {
  expect(apartFromReference(window, windows)).toBe(expected);
});
