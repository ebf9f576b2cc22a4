import type { DistributionAnswer } from '@plumbline/contracts';
import { describe, expect, it } from 'vitest';
import { prepareDistribution } from './prepare-distribution.ts';

type Bin = DistributionAnswer['bins'][number];

const bin = (kind: Bin['kind'], label: string, reference: number, current: number): Bin => ({
  kind,
  label,
  from: kind === 'range' ? Number(label) : null,
  to: kind === 'range' ? Number(label) + 10 : null,
  reference_count: reference,
  reference_share: reference / 100,
  current_count: current,
  current_share: current / 100,
});

const answer = (kind: DistributionAnswer['kind'], bins: Bin[]): DistributionAnswer => ({
  window: { from: '2001-01-01T00:00:00Z', to: '2001-02-01T00:00:00Z' },
  column: 'x',
  kind,
  n_reference: 100,
  n_current: 100,
  missing_current: 0,
  missing_reference: 0,
  bins,
});

describe('prepareDistribution', () => {
  it('keeps ranges in order and leaves out empty bins outside the reference', () => {
    const rows = prepareDistribution(
      answer('numeric', [
        bin('below', 'below', 0, 0),
        bin('range', '0', 60, 10),
        bin('range', '10', 40, 80),
        bin('above', 'above', 0, 10),
      ]),
    );
    expect(rows.map((row) => row.label)).toEqual(['0 to 10', '10 to 20', 'above reference']);
  });

  it('sums the smallest values and says how many', () => {
    const values = Array.from({ length: 40 }, (_, i) => bin('value', `v${i}`, 40 - i, 1));
    const rows = prepareDistribution(answer('categorical', [...values, bin('unseen', 'unseen', 0, 5)]), 10);
    expect(rows).toHaveLength(11);
    expect(rows[9]?.label).toBe('31 more values');
    expect(rows[9]?.currentCount).toBe(31);
    expect(rows[10]?.label).toBe('new values');
  });

  it('no count is lost', () => {
    const values = Array.from({ length: 40 }, (_, i) => bin('value', `v${i}`, i, i));
    const rows = prepareDistribution(answer('categorical', values), 10);
    expect(rows.reduce((sum, row) => sum + row.currentCount, 0)).toBe(780);
  });
});
