import type { Score } from '@plumbline/contracts';
import type { ModelInput } from '../metric-descriptor.ts';
import { type ScoreDetails, shortage, toScore, withoutValue } from '../to-score.ts';
import { classFloor, labelFloor } from './performance-metric.ts';
import { type ScoreHistogram, scoreHistogram } from './score-histogram.ts';

type Ranked = Pick<ScoreDetails, 'lower' | 'upper' | 'errorBound'> & { value: number };

/** A score of how well positives rank above negatives, from the score histogram. */
export function rankingScore(
  { current }: ModelInput,
  rank: (histogram: ScoreHistogram) => Ranked | undefined,
): Score {
  const histogram = scoreHistogram(current.performance);
  const { positiveCount, negativeCount } = histogram;
  const n = positiveCount + negativeCount;
  const details = { n, exactness: 'binned' } as const;
  const short = shortage(n, labelFloor);
  if (short) return withoutValue(short, details);
  if (Math.min(positiveCount, negativeCount) < classFloor) return withoutValue('insufficient_data', details);
  const ranked = rank(histogram);
  if (!ranked) return withoutValue('degenerate', details);
  const { value, ...rest } = ranked;
  return toScore(value, { ...details, ...rest });
}
