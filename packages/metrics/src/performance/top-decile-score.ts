import type { Score } from '@plumbline/contracts';
import { logitInterval, normalInterval, type TopScores, topScores } from '@plumbline/stats';
import type { ModelInput } from '../metric-descriptor.ts';
import { rankingScore } from './ranking-score.ts';

const topShare = 0.1;

/** A score of the tenth of the labelled events with the highest scores. */
export const topDecileScore = (input: ModelInput, score: keyof TopScores): Score =>
  rankingScore(input, ({ positives, negatives }) => {
    const top = topScores(positives, negatives, topShare)?.[score];
    if (!top) return undefined;
    const { value, errorBound, standardError } = top;
    const interval =
      score === 'precision'
        ? logitInterval(value, standardError)
        : normalInterval(value, standardError, { min: 0, max: 1 / topShare });
    return { value, errorBound, lower: interval?.lower ?? null, upper: interval?.upper ?? null };
  });
