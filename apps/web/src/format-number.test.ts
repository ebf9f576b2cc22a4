import { describe, expect, it } from 'vitest';
import { formatCount, formatNumber, formatShare, formatSigned, formatWithInterval } from './format-number.ts';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [0.2703540523716162, '0.27'],
    [0.81349, '0.813'],
    [12.345, '12.3'],
    [1234.5, '1,235'],
    [508_239, '508K'],
    [3_000_000, '3M'],
    [-0.25, '−0.25'],
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
    [0.2045, '20.5 %'],
    [1, '100 %'],
    [0, '0 %'],
    [0.00001, '< 0.01 %'],
    [null, '–'],
  ])('share %s reads %s', (value, text) => {
    expect(formatShare(value)).toBe(text);
  });
  it('counts are whole and grouped', () => {
    expect(formatCount(508_239)).toBe('508,239');
    expect(formatCount(null)).toBe('–');
  });
  it('an unknown interval is left out', () => {
    expect(formatWithInterval(0.5, null, 0.6)).toBe('0.5');
    expect(formatWithInterval(0.5, 0.4, 0.6)).toBe('0.5 (0.4 to 0.6)');
  });
  it('differences carry their sign', () => {
    expect([formatSigned(0.2), formatSigned(-0.2), formatSigned(0), formatSigned(0.0001)]).toEqual([
      '+0.2',
      '−0.2',
      '0',
      '< 0.001',
    ]);
  });
});
