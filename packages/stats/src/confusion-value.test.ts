import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confusionAtBin } from './confusion-at-bin.ts';
import { confusionValue, confusionValueGain } from './confusion-value.ts';
import { expectClose } from './expect-close.ts';
import { thresholdSweep } from './threshold-sweep.ts';

const histogram = fc.integer({ min: 1, max: 30 }).chain((bins) =>
  fc.record({
    positives: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: bins, maxLength: bins }),
    negatives: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: bins, maxLength: bins }),
  }),
);
const worth = { tn: 2, fp: -5, fn: -10, tp: 10 };
const total = ({ tp, fp, fn, tn }: typeof worth) => 10 * tp - 5 * fp - 10 * fn + 2 * tn;

describe('a threshold sweep', () => {
  test('finds at every bin what counting finds', () => {
    fc.assert(
      fc.property(histogram, ({ positives, negatives }) => {
        const sweep = thresholdSweep(positives, negatives);
        for (let bin = 0; bin <= positives.length; bin++) {
          const at = sweep.bins.findIndex((listed) => listed >= bin);
          const { tp, fp } = confusionAtBin(positives, negatives, bin);
          expect([sweep.truePositives[at], sweep.falsePositives[at]]).toEqual([tp, fp]);
        }
        expect(sweep.bins).toEqual([...sweep.bins].sort((a, b) => a - b));
      }),
    );
  });
});

describe('the value of a confusion', () => {
  test('is the mean over its rows, with the interval of a mean', () => {
    const value = confusionValue({ tp: 4, fp: 1, fn: 2, tn: 5 }, worth);
    expectClose(value?.mean, 25 / 12);
    const rows = [10, 10, 10, 10, -5, -10, -10, 2, 2, 2, 2, 2];
    const m2 = rows.reduce((sum, x) => sum + (x - 25 / 12) ** 2, 0);
    expectClose(value?.standardError, Math.sqrt(m2 / 11 / 12));
    expect(confusionValue({ tp: 1, fp: 0, fn: 0, tn: 0 }, worth)).toBeUndefined();
  });

  test('gains between two thresholds exactly what the totals differ by', () => {
    fc.assert(
      fc.property(histogram, fc.nat(30), fc.nat(30), ({ positives, negatives }, a, b) => {
        const from = confusionAtBin(positives, negatives, a);
        const to = confusionAtBin(positives, negatives, b);
        const n = from.tp + from.fp + from.fn + from.tn;
        fc.pre(n >= 2);
        const gain = confusionValueGain(from, to, worth);
        expectClose(gain?.mean, (total(to) - total(from)) / n, 1e-12);
        expectClose(confusionValueGain(to, from, worth)?.mean, -(gain?.mean ?? Number.NaN), 1e-12);
        const unpaired = Math.hypot(
          confusionValue(from, worth)?.standardError ?? 0,
          confusionValue(to, worth)?.standardError ?? 0,
        );
        if (a === b) expect(gain?.standardError).toBe(0);
        expect(gain?.standardError ?? 9).toBeLessThanOrEqual(2 * unpaired + 1e-9);
      }),
    );
  });
});
