import { normalQuantile, studentTQuantile } from '@plumbline/stats';
import { around, type Direction, fewestValues, type Limits, spreadOf, withoutLimits } from './limits.ts';

export interface ChunkReach {
  mean: number;
  /** How far one more value lies from the mean at most, but for the chance asked for. */
  reach: number;
}

/**
 * What values of a metric on K parts of the reference say of one more: t·s·√(1+1/K) around their mean, K−1 degrees of
 * freedom; `level` is the chance to lie beyond on one side. Null for fewer than six parts.
 */
export function chunkReach(chunks: readonly number[], level: number): ChunkReach | null {
  const k = chunks.length;
  const spread = k < fewestValues ? null : spreadOf(chunks);
  const t = studentTQuantile(1 - level, k - 1);
  return spread && t !== undefined
    ? { mean: spread.mean, reach: t * spread.deviation * Math.sqrt(1 + 1 / k) }
    : null;
}

/**
 * The limit of a distance from the reference: the smallest that matters, raised to what the reference's own parts
 * reach and to what noise alone reaches at the window's number of rows. With too few parts it is `learning`, and stands
 * on the other two.
 */
export function autoDistanceLimits(input: {
  /** Of distances of each part from the other parts. */
  own: ChunkReach | null;
  /** Smallest distance that matters. */
  effect: number;
  /** What noise stays below at the window's n; null = not known. */
  noise: number | null;
  /** Multiplies the limit; 2 for a critical one that nobody set. */
  factor: number;
}): Limits {
  const { own, effect, noise, factor } = input;
  const upper = factor * Math.max(effect, noise ?? 0, own ? own.mean + own.reach : 0);
  return { lower: null, upper, status: own ? 'ok' : 'learning' };
}

/**
 * The limits of a value that the reference has too: its mean over the reference's parts, and the smallest change that
 * matters raised to what the parts reach and to the noise at the window's number of rows. With too few parts it is
 * `learning`, and stands around the value of the whole reference, if it has one.
 */
export function autoValueLimits(input: {
  own: ChunkReach | null;
  /** Smallest change that matters. */
  effect: number;
  /** Value of the reference as a whole; null = none. */
  usual: number | null;
  /** Standard error of the window's own value; null = not known. */
  standardError: number | null;
  /** Chance of noise alone to go beyond. */
  level: number;
  /** Multiplies the reach; 2 for a critical limit that nobody set. */
  factor: number;
  direction: Direction;
}): Limits {
  const { own, effect, usual, standardError, direction, factor, level } = input;
  const centre = own?.mean ?? usual;
  if (centre === null || (!own && standardError === null)) return withoutLimits('learning');
  const noise = (normalQuantile(1 - level) ?? 0) * (standardError ?? 0);
  const limits = around(centre, factor * Math.max(effect, noise, own?.reach ?? 0), direction);
  return own ? limits : { ...limits, status: 'learning' };
}
