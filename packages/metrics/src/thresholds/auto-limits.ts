import { normalQuantile, studentTQuantile } from '@plumbline/stats';
import { around, type Direction, fewestValues, type Limits, spreadOf, withoutLimits } from './limits.ts';

interface Own {
  /** Values that the metric takes on parts of the reference as long as a window; distances without that part in it. */
  chunks: readonly number[];
  /** Chance of a breach of a window like those of the reference. */
  level: number;
  /** Multiplies the reach; 2 for a critical limit that nobody set. */
  factor: number;
}

/**
 * How far one more value lies from the mean of the chunks at most, but for `level` of all windows: t·s·√(1+1/K) with
 * K−1 degrees of freedom. Null for fewer than six chunks.
 */
function chunkReach({ chunks, level }: Own): { mean: number; reach: number } | null {
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
export function autoDistanceLimits(
  input: Own & {
    /** Smallest distance that matters. */
    effect: number;
    /** What noise stays below at the window's n; null = not known. */
    noise: number | null;
  },
): Limits {
  const { effect, noise, factor } = input;
  const own = chunkReach(input);
  const upper = factor * Math.max(effect, noise ?? 0, own ? own.mean + own.reach : 0);
  return { lower: null, upper, status: own ? 'ok' : 'learning' };
}

/**
 * The limits of a value that the reference has too: its mean over the reference's parts, and the smallest change that
 * matters raised to what the parts reach and to the noise at the window's number of rows. With too few parts it is
 * `learning`, and stands around the value of the whole reference, if it has one.
 */
export function autoValueLimits(
  input: Own & {
    /** Smallest change that matters. */
    effect: number;
    /** Value of the reference as a whole; null = none. */
    usual: number | null;
    /** Standard error of the window's own value; null = not known. */
    standardError: number | null;
    direction: Direction;
  },
): Limits {
  const { effect, usual, standardError, direction, factor, level } = input;
  const own = chunkReach(input);
  const centre = own?.mean ?? usual;
  if (centre === null || (!own && standardError === null)) return withoutLimits('learning');
  const noise = (normalQuantile(1 - level) ?? 0) * (standardError ?? 0);
  const limits = around(centre, factor * Math.max(effect, noise, own?.reach ?? 0), direction);
  return own ? limits : { ...limits, status: 'learning' };
}
