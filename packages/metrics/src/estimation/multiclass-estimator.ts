import type { ClassesProfile, ClassProfile, PerformanceProfile, ScoreBin } from '@plumbline/contracts';
import {
  averagedScoreErrors,
  type BinaryConfusion,
  f1,
  histogramAuc,
  precision,
  recall,
} from '@plumbline/stats';
import { confusionMatrix } from '../performance/confusion-matrix.ts';
import { classFloor } from '../performance/performance-metric.ts';
import { aucVariance } from './auc-variance.ts';
import type { NoEstimator, PerformanceEstimator } from './estimator.ts';
import { type ExpectedOutcome, expectedOutcome } from './expected-outcome.ts';
import { labelFloors } from './label-floors.ts';
import { needsCalibration } from './needs-calibration.ts';
import { isotonicCalibrator, type ScoreCalibrator, uncalibrated } from './score-calibrator.ts';

/** The metrics that are estimated of more than two classes; averages count classes alike. */
export const multiclassEstimates: readonly string[] = ['accuracy', 'precision', 'recall', 'f1', 'roc_auc'];

/**
 * Learns from labelled reference events, class by class against the rest, how likely the class is behind its probability.
 * The probabilities of one event need not add up to 1 afterwards: profiles do not hold what stands together in an event.
 */
export function multiclassEstimator(reference: PerformanceProfile): PerformanceEstimator | NoEstimator {
  const classes = reference.classes?.classes ?? [];
  const cells = reference.confusion ?? [];
  const n = cells.reduce((sum, { count }) => sum + count, 0);
  const bins = new Map(classes.map((profile) => [profile.label, labelledBins(profile)]));
  const actuals = [...bins.values()].map((of) => of.reduce((sum, { positives }) => sum + positives, 0));
  if (n === 0 || actuals.length === 0) {
    const reason = 'The reference has no events with probabilities of at most 20 classes and an actual.';
    return { status: 'not_applicable', reason };
  }
  const floors = labelFloors(n, Math.min(...actuals));
  if ('status' in floors) return floors;
  const calibrators = new Map<string, ScoreCalibrator>();
  for (const [label, labelled] of bins) {
    const fit = needsCalibration(labelled) ? isotonicCalibrator(labelled) : undefined;
    calibrators.set(label, fit ?? uncalibrated);
  }
  const auc = aucVarianceOf(bins.values());
  return {
    expect: ({ performance: { classes: current } }) => current && expectationOf(current, calibrators),
    isCalibrated: [...calibrators.values()].some((calibrate) => calibrate !== uncalibrated),
    n,
    varianceOfOne: new Map([
      ...variances(cells, n),
      ...(auc === undefined ? [] : [['roc_auc', auc] as const]),
    ]),
    weakness: floors.weakness,
  };
}

function labelledBins({ bins, labelled, actuals, labelledScoreSums }: ClassProfile): ScoreBin[] {
  return bins.flatMap((bin, i) => {
    const [count, positives] = [labelled[i] ?? 0, actuals[i] ?? 0];
    const scoreSum = labelledScoreSums[i] ?? 0;
    return count > 0 ? [{ bin, positives, negatives: count - positives, scoreSum }] : [];
  });
}

function expectationOf({ n, classes }: ClassesProfile, calibrators: ReadonlyMap<string, ScoreCalibrator>) {
  const outcomes = classes.map((profile) =>
    expectedOutcome(profile, calibrators.get(profile.label) ?? uncalibrated),
  );
  const confusions = outcomes.map(({ confusion }) => confusion);
  const right = confusions.reduce((sum, { tp }) => sum + tp, 0);
  const seen = confusions.filter(({ tp, fp, fn }) => tp + fp + fn > 0);
  /** A class that is never predicted, or not to be expected, counts as 0. */
  const mean = (score: (confusion: BinaryConfusion) => number | undefined) =>
    seen.reduce((sum, confusion) => sum + (score(confusion) ?? 0), 0) / seen.length;
  const values = new Map([
    ['accuracy', right / n],
    ['precision', mean(precision)],
    ['recall', mean(recall)],
    ['f1', mean(f1)],
    ['roc_auc', meanAuc(outcomes)],
  ]);
  return { n, values };
}

/** Each class against the rest, over those to be expected; null with fewer than 10 expected of one or of its rest. */
function meanAuc(outcomes: readonly ExpectedOutcome[]): number | null | undefined {
  const expected = outcomes.filter(({ confusion: { tp, fn } }) => tp + fn > 0);
  const isShort = ({ confusion: { tp, fp, fn, tn } }: ExpectedOutcome) =>
    Math.min(tp + fn, fp + tn) < classFloor;
  if (expected.some(isShort)) return null;
  const aucs = expected.map(
    ({ positives, negatives }) => histogramAuc(positives, negatives)?.value ?? Number.NaN,
  );
  return aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
}

/** The classes share their events: the error of the mean of their AUCs is at most the mean of the errors. */
function aucVarianceOf(bins: Iterable<ScoreBin[]>): number | undefined {
  const errors = Array.from(bins, (of) => {
    const counts = (key: 'positives' | 'negatives') => of.map((bin) => bin[key]);
    return Math.sqrt(aucVariance(counts('positives'), counts('negatives')) ?? Number.NaN);
  });
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return Number.isFinite(mean) ? mean ** 2 : undefined;
}

function variances(cells: NonNullable<PerformanceProfile['confusion']>, n: number): Map<string, number> {
  const { labels, counts } = confusionMatrix(cells, {
    task: 'multiclass_classification',
    positiveLabel: null,
  });
  const right = labels.reduce((sum, _, k) => sum + (counts[k]?.[k] ?? 0), 0) / n;
  const macro = averagedScoreErrors(counts)?.macro;
  const errors = Object.entries(macro ?? {}).map(([metric, error]) => [metric, error ** 2 * n] as const);
  return new Map([['accuracy', right * (1 - right)], ...errors]);
}
