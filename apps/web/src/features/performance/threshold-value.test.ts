import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestThreshold, confusionAt, outcomeValuesText, parseOutcomeValues } from './threshold-value.ts';

/** Positives score higher: 10 of each at 0.2, 0.5 and 0.8, with 1, 5 and 9 positives. */
const sweep = {
  positives: 15,
  negatives: 15,
  thresholds: [0.2, 0.5, 0.8, 1],
  true_positives: [15, 14, 9, 0],
  false_positives: [15, 6, 1, 0],
};

describe('the confusion at a threshold', () => {
  test.each([
    [0, { tp: 15, fp: 15, fn: 0, tn: 0 }],
    [0.2, { tp: 15, fp: 15, fn: 0, tn: 0 }],
    [0.201, { tp: 14, fp: 6, fn: 1, tn: 9 }],
    [0.8, { tp: 9, fp: 1, fn: 6, tn: 14 }],
    [0.81, { tp: 0, fp: 0, fn: 15, tn: 15 }],
    [1, { tp: 0, fp: 0, fn: 15, tn: 15 }],
  ])('of %s counts scores equal to it as positive', (threshold, confusion) => {
    expect(confusionAt(sweep, threshold)).toEqual(confusion);
  });
});

describe('the best threshold', () => {
  test('moves with what mistakes cost', () => {
    expect(bestThreshold(sweep, { tn: 0, fp: -1, fn: -100, tp: 0 }, 0.5)?.threshold).toBe(0.2);
    expect(bestThreshold(sweep, { tn: 0, fp: -100, fn: -1, tp: 0 }, 0.5)?.threshold).toBe(1);
    const even = bestThreshold(sweep, { tn: 0, fp: -1, fn: -1, tp: 0 }, 0.2);
    expect(even?.threshold).toBe(0.5);
    expect(even?.gain?.mean).toBeCloseTo(8 / 30, 12);
    expect(even?.alike).toEqual([0.5, 1]);
  });

  test('is never worse than any other threshold', () => {
    const value = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(fc.record({ tn: value, fp: value, fn: value, tp: value }), fc.nat(1000), (worth, at) => {
        const best = bestThreshold(sweep, worth, at / 1000);
        expect(best?.gain?.mean).toBeGreaterThanOrEqual(-1e-9);
        expect(best?.alike[0]).toBeLessThanOrEqual(best?.threshold ?? -1);
        expect(best?.alike[1]).toBeGreaterThanOrEqual(best?.threshold ?? 2);
      }),
    );
  });
});

describe('outcome values in the URL', () => {
  test.each(['', '1,2,3', '1,2,3,4,5', '1,,3,4', 'a,b,c,d', '1,2,3,Infinity'])('%j is none', (text) => {
    expect(parseOutcomeValues(text)).toBeNull();
  });

  test('are read as they were written', () => {
    const worth = { tn: 0, fp: -5, fn: -10.5, tp: 10 };
    expect(outcomeValuesText(worth)).toBe('0,-5,-10.5,10');
    expect(parseOutcomeValues(outcomeValuesText(worth))).toEqual(worth);
    expect(parseOutcomeValues(undefined)).toBeNull();
  });
});
