import type { ExplanationAnswer } from '@plumbline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareWaterfall } from './prepare-waterfall.ts';

const explanation = (contributions: number[], base: number | null = 0.2): ExplanationAnswer => ({
  prediction_id: 'p',
  status: 'ok',
  base_value: base,
  score: 0.7,
  contributions: contributions.map((contribution, i) => ({ feature: `f${i}`, value: i, contribution })),
  additive: true,
  narrative: { audience: 'data_scientist', text: '' },
  evidence: {},
});

describe('prepareWaterfall', () => {
  it('shows the nine largest by magnitude and sums the rest', () => {
    const waterfall = prepareWaterfall(explanation([1, -20, 3, 4, 5, 6, 7, 8, 9, 10, 11, 2]));
    expect(waterfall?.rows).toHaveLength(10);
    expect(waterfall?.rows[0]?.label).toBe('f1');
    expect(waterfall?.rows.at(-1)).toMatchObject({ label: '3 other features', contribution: 6 });
  });

  it('never sums a single feature away', () => {
    expect(prepareWaterfall(explanation([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))?.rows.at(-1)?.label).toBe('f0');
  });

  it('every bar begins where the last one ended and the sum is base + contributions', () => {
    const contribution = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(contribution, { minLength: 1, maxLength: 30 }), (contributions) => {
        const waterfall = prepareWaterfall(explanation(contributions));
        let at = 0.2;
        for (const row of waterfall?.rows ?? []) {
          expect(row.from).toBe(at);
          at = row.to;
        }
        expect(waterfall?.sum).toBeCloseTo(0.2 + contributions.reduce((a, b) => a + b, 0), 9);
      }),
    );
  });

  it('is null without a base value or attributions', () => {
    expect(prepareWaterfall(explanation([1], null))).toBeNull();
    expect(prepareWaterfall(explanation([]))).toBeNull();
  });
});
