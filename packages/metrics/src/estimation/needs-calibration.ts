import type { ScoreBin } from '@plumbline/contracts';
import { histogramAuc } from '@plumbline/stats';
import { isotonicCalibrator } from './score-calibrator.ts';

const folds = 10;
const groups = 10;
/** Scores that separate the classes this well are not calibrated: an isotonic fit would be a step. */
const separatingAuc = 0.999;

/** Events of the same score: how many, how many of them positive, and the probability they are given. */
interface Judged {
  count: number;
  positives: number;
  probability: number;
}

/**
 * Whether an isotonic fit brings the probabilities of held-out reference events nearer to their labels than the scores
 * are: by expected calibration error on ten groups of equal size, pooled over ten folds. Every tenth event of each class,
 * in order of the score, is a fold, so that the answer is the same every time.
 */
export function needsCalibration(bins: readonly ScoreBin[]): boolean {
  const auc = histogramAuc(
    bins.map(({ positives }) => positives),
    bins.map(({ negatives }) => negatives),
  );
  if (!auc || auc.value > separatingAuc) return false;
  const raw: Judged[] = [];
  const calibrated: Judged[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const test = foldOf(bins, fold);
    const calibrate = isotonicCalibrator(without(bins, test));
    for (const { positives, negatives, scoreSum } of test) {
      const count = positives + negatives;
      if (count === 0) continue;
      const score = scoreSum / count;
      raw.push({ count, positives, probability: score });
      calibrated.push({ count, positives, probability: calibrate?.(score) ?? score });
    }
  }
  return calibrationError(raw) > calibrationError(calibrated);
}

/** Every tenth positive and every tenth negative from the `fold`-th on, at the mean score of their bin. */
function foldOf(bins: readonly ScoreBin[], fold: number): ScoreBin[] {
  let positivesBefore = 0;
  let negativesBefore = 0;
  return bins.map(({ bin, positives, negatives, scoreSum }) => {
    const taken = {
      positives: taking(positivesBefore, positives, fold),
      negatives: taking(negativesBefore, negatives, fold),
    };
    positivesBefore += positives;
    negativesBefore += negatives;
    const mean = scoreSum / (positives + negatives);
    return { bin, ...taken, scoreSum: (taken.positives + taken.negatives) * mean };
  });
}

/** How many of the ordinals [before, before + count) leave the remainder `fold`. */
function taking(before: number, count: number, fold: number): number {
  const upTo = (end: number) => Math.ceil((end - fold) / folds);
  return upTo(before + count) - upTo(before);
}

/** Bins less those of a fold; empty ones left out. */
function without(bins: readonly ScoreBin[], fold: readonly ScoreBin[]): ScoreBin[] {
  return bins
    .map((all, i) => ({
      bin: all.bin,
      positives: all.positives - (fold[i]?.positives ?? 0),
      negatives: all.negatives - (fold[i]?.negatives ?? 0),
      scoreSum: all.scoreSum - (fold[i]?.scoreSum ?? 0),
    }))
    .filter(({ positives, negatives }) => positives + negatives > 0);
}

/** Expected calibration error over groups of equal size; events of one score are shared out where a group ends. */
function calibrationError(judged: readonly Judged[]): number {
  const sorted = judged.toSorted((a, b) => a.probability - b.probability);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  let error = 0;
  let gap = 0;
  let filled = 0;
  for (const { count, positives, probability } of sorted) {
    let left = count;
    while (left > 0) {
      const room = total / groups - filled;
      const taken = Math.min(left, room);
      gap += taken * (probability - positives / count);
      filled += taken;
      left -= taken;
      if (taken < room) break;
      error += Math.abs(gap) / total;
      gap = 0;
      filled = 0;
    }
  }
  return error + Math.abs(gap) / total;
}
