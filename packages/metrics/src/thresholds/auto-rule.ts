import type { BinSetColumn, ColumnProfile, MetricInfo, Score, ThresholdRule } from '@plumbline/contracts';
import type { SeverityLimits } from '../judge-value.ts';
import { autoDistanceLimits, autoValueLimits, chunkReach } from './auto-limits.ts';
import { isSignificant } from './is-significant.ts';
import type { Direction, Limits } from './limits.ts';
import { nullDistance } from './null-distance.ts';
import type { ReferenceHabit } from './reference-habit.ts';
import { smallestEffect } from './smallest-effect.ts';
import { standardErrorOf } from './standard-error-of.ts';
import { type Persistence, windowLevel } from './window-level.ts';

export interface AutoContext {
  info: MetricInfo;
  persistence: Persistence;
  /** Of the judged column; null for metrics of the model as a whole. */
  column: { bins: BinSetColumn; reference: ColumnProfile | null } | null;
  /** How many features the model has. */
  features: number;
  /** What the reference says; null when it is not known. */
  habit: ReferenceHabit | null;
}

const directions = { higher: 'above', lower: 'below', either: 'outside' } as const;

/** The limits of an `auto` threshold for a score; see {@link autoDistanceLimits} and {@link autoValueLimits}. */
export function autoRule(
  rule: Extract<ThresholdRule, { kind: 'auto' }>,
  context: AutoContext,
): (score: Score) => SeverityLimits {
  const { info, persistence, column, habit } = context;
  const level = windowLevel(persistence);
  const { chunks, usual } = habit ?? { chunks: [], usual: null };
  const own = chunkReach(chunks, level);
  const smallest = rule.warning ?? smallestEffect(info, usual ?? 0);
  const direction: Direction = rule.direction ?? directions[info.worse];

  const law = column?.reference
    ? nullDistance({
        metric: info.metric,
        column: column.bins,
        reference: column.reference,
        probability: 1 - level,
      })
    : null;

  const limits = (score: Score, effect: number, factor: number) => {
    const sizes = { own, factor, effect };
    return info.needs_reference
      ? autoDistanceLimits({ ...sizes, noise: law && score.n > 0 ? law(score.n).upper : null })
      : autoValueLimits({ ...sizes, usual, standardError: standardErrorOf(score, info), level, direction });
  };
  return (score) =>
    score.own
      ? { warning: ownLimits(score.own, rule.direction ?? 'outside'), critical: null }
      : {
          warning: limits(score, smallest, 1),
          critical: rule.critical == null ? limits(score, smallest, 2) : limits(score, rule.critical, 1),
        };
}

const ownLimits = ({ lower, upper }: NonNullable<Score['own']>, direction: Direction): Limits => ({
  lower: direction === 'above' ? null : lower,
  upper: direction === 'below' ? null : upper,
  status: 'ok',
});

/** Whether a change of a column may be chance among the columns of its window. False where nothing was tested. */
export function maybeChance(
  { pValue, adjustedP, own }: Score,
  { persistence, features }: AutoContext,
): boolean {
  if (own) return own.isChance;
  if (pValue == null || adjustedP == null) return false;
  return !isSignificant({ pValue, adjustedP, columns: Math.max(1, features), persistence });
}
