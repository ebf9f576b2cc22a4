import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatCounted,
  formatNumber,
  formatShare,
  formatShort,
  formatSigned,
  formatWithInterval,
} from './format-number.ts';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [0.2703540523716162, '0.270'],
    [0.81349, '0.813'],
    [12.345, '12.3'],
    [1234.5, '1,235'],
    [508_239, '508K'],
    [3_000_000, '3M'],
    [-0.25, '−0.250'],
    [7, '7'],
    [0.00042, '< 0.001'],
    [-0.00042, '> −0.001'],
    [null, '–'],
    [undefined, '–'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%s reads %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('other number formats', () => {
  it.each([
    [0.2045, '20.5\u00a0%'],
    [1, '100\u00a0%'],
    [0, '0\u00a0%'],
    [0.00001, '< 0.01\u00a0%'],
    [null, '–'],
  ])('share %s reads %s', (value, text) => {
    expect(formatShare(value)).toBe(text);
  });
  it('counts are whole and grouped', () => {
    expect(formatCount(508_239)).toBe('508,239');
    expect(formatCount(null)).toBe('–');
    expect([0, 1, 2000].map((n) => formatCounted(n, 'event'))).toEqual([
      '0 events',
      '1 event',
      '2,000 events',
    ]);
  });
  it('an axis has no trailing zeros', () => {
    expect([0, 0.25, 0.5, 12_500].map(formatShort)).toEqual(['0', '0.25', '0.5', '12.5K']);
  });
  it('an unknown interval is left out', () => {
    expect(formatWithInterval(0.5, null, 0.6)).toBe('0.500');
    expect(formatWithInterval(0.5, 0.4, 0.6)).toBe('0.500 (0.400 to 0.600)');
  });
  it('differences carry their sign', () => {
    expect([formatSigned(0.2), formatSigned(-0.2), formatSigned(0), formatSigned(0.0001)]).toEqual([
      '+0.200',
      '−0.200',
      '0',
      '+0.000100',
    ]);
  });

  it('keeps three digits of small differences, down to a millionth', () => {
    expect([formatSigned(-0.000_412_3), formatSigned(2e-17), formatSigned(-2e-7)]).toEqual([
      '−0.000412',
      '< 0.000001',
      '> −0.000001',
    ]);
  });
});
