import type { ComparedScore, MetricInfo } from '@plumbline/contracts';
import { formatNumber } from '../../format-number.ts';

type Info = Pick<MetricInfo, 'range' | 'worse'>;

export interface ChangeText {
  text: string;
  /** Null: there is no change beyond chance, or no direction is bad. */
  verdict: 'better' | 'worse' | null;
}

/** Shares of one are told in points, hundredths; everything else in its own unit. */
function unitOf({ range: [least, most] }: Info): { factor: number; name: string } {
  return least === 0 && most === 1 ? { factor: 100, name: ' points' } : { factor: 1, name: '' };
}

/**
 * A change in words: `fell by 2.10 points (1.20 to 3.00)`, or that it is no more than chance when its interval holds 0.
 * Null without a change.
 */
export function changeText(compared: ComparedScore, info: Info): ChangeText | null {
  const { change, change_lower: lower, change_upper: upper } = compared;
  if (change === null) return null;
  const { factor, name } = unitOf(info);
  const number = (value: number) => formatNumber(value * factor);
  if (lower === null || upper === null)
    return { text: `${number(change)}${name}, interval not known`, verdict: null };
  if (lower <= 0 && upper >= 0) {
    const range = `${number(lower)} to ${number(upper)}`;
    return { text: `no more than chance: ${number(change)}${name} (${range})`, verdict: null };
  }
  const [small, great] = change < 0 ? [-upper, -lower] : [lower, upper];
  const verb = change < 0 ? 'fell' : 'rose';
  const isWorse = (info.worse === 'lower') === change < 0;
  return {
    text: `${verb} by ${number(Math.abs(change))}${name} (${number(small)} to ${number(great)})`,
    verdict: info.worse === 'either' ? null : isWorse ? 'worse' : 'better',
  };
}
