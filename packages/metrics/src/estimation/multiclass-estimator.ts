import type { ClassesProfile, ClassProfile, PerformanceProfile, ScoreBin } from '@plumbline/contracts';
import { averagedScoreErrors, type BinaryConfusion, f1, precision, recall } from '@plumbline/stats';
import { confusionMatrix } from '../performance/confusion-matrix.ts';
import type { NoEstimator, PerformanceEstimator } from './estimator.ts';
import { expectedOutcome } from './expected-outcome.ts';
import { labelFloors } from './label-floors.ts';
import { needsCalibration } from './needs-calibration.ts';
import { isotonicCalibrator, type ScoreCalibrator, uncalibrated } from './score-calibrator.ts';

/** The metrics that are estimated of more than two classes; averages count classes alike. */
export const multiclassEstimates: readonly string[] = ['accuracy', 'precision', 'recall', 'f1'];

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
  return {
    expect: ({ performance: { classes: current } }) => current && expectationOf(current, calibrators),
    isCalibrated: [...calibrators.values()].some((calibrate) => calibrate !== uncalibrated),
    n,
    varianceOfOne: variances(cells, n),
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
  const confusions = classes.map(
    (profile) => expectedOutcome(profile, calibrators.get(profile.label) ?? uncalibrated).confusion,
  );
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
  ]);
  return { n, values };
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
