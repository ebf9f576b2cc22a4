import { errorBinsPerOctave, type Score } from '@plumbline/contracts';
import { errorQuantile } from '@plumbline/stats';
import type { ModelInput } from '../metric-descriptor.ts';
import { shortage, toScore, withoutValue } from '../to-score.ts';
import { labelFloor } from './performance-metric.ts';

/** A quantile of the sizes of errors. */
export function errorQuantileScore({ current }: ModelInput, q: number): Score {
  const { errors } = current.performance;
  const n = errors?.n ?? 0;
  const details = { n, exactness: 'binned' } as const;
  const short = shortage(n, labelFloor);
  if (short) return withoutValue(short, details);
  if (!errors?.sizes) return withoutValue('not_applicable', details);
  const quantile = errorQuantile(errors.sizes, q, errorBinsPerOctave);
  if (!quantile) return withoutValue('degenerate', details);
  const { value, ...rest } = quantile;
  return toScore(value, { ...details, ...rest });
}
