import type { FairnessMetric, FairnessMetricInfo, GroupOutcomes, Task } from '@plumbline/contracts';
import { calibrationBins } from '@plumbline/stats';
import { classFloor, labelFloor } from '../performance/performance-metric.ts';
import type { Measure } from './measure.ts';

/** A metric that groups are compared by. */
export interface GroupMetric extends FairnessMetricInfo {
  /** Whether `min_events` counts labelled events rather than all. */
  isLabelled: boolean;
  /** Whether one group's value divided by another's means something. */
  hasRatio: boolean;
  measure(outcomes: GroupOutcomes): Measure;
}

const calibrationFloor = 200;

const share = (hits: number, n: number): Measure => ({ kind: 'share', hits, n });

type Particulars = Pick<GroupMetric, 'metric' | 'title' | 'description' | 'counts' | 'measure'> &
  Partial<GroupMetric>;

const rate = (particulars: Particulars): GroupMetric => ({
  min_n: classFloor,
  min_events: labelFloor,
  range: [0, 1],
  isLabelled: true,
  hasRatio: true,
  ...particulars,
});

const mean = (particulars: Particulars): GroupMetric =>
  rate({ min_n: labelFloor, range: [null, null], ...particulars });

const ofLabel: GroupMetric[] = [
  rate({
    metric: 'selection_rate',
    title: 'Selection rate',
    description: 'Share of events whose predicted label is the favourable one. Needs no actuals.',
    counts: 'predictions',
    isLabelled: false,
    measure: ({ selected, predicted }) => share(selected, predicted),
  }),
  rate({
    metric: 'recall',
    title: 'True positive rate (recall)',
    description:
      'Of events whose actual label is the favourable one, the share predicted so: TP ÷ (TP + FN).',
    counts: 'positives',
    measure: ({ confusion: { tp, fn } }) => share(tp, tp + fn),
  }),
  rate({
    metric: 'false_positive_rate',
    title: 'False positive rate',
    description: 'Of events whose actual label is another, the share predicted favourable: FP ÷ (FP + TN).',
    counts: 'negatives',
    measure: ({ confusion: { fp, tn } }) => share(fp, fp + tn),
  }),
  rate({
    metric: 'specificity',
    title: 'True negative rate (specificity)',
    description: 'Of events whose actual label is another, the share predicted so: TN ÷ (FP + TN).',
    counts: 'negatives',
    measure: ({ confusion: { fp, tn } }) => share(tn, fp + tn),
  }),
  rate({
    metric: 'false_negative_rate',
    title: 'False negative rate',
    description:
      'Of events whose actual label is the favourable one, the share predicted otherwise: FN ÷ (TP + FN).',
    counts: 'positives',
    measure: ({ confusion: { tp, fn } }) => share(fn, tp + fn),
  }),
  rate({
    metric: 'precision',
    title: 'Positive predictive value (precision)',
    description: 'Of events predicted favourable, the share that turned out so: TP ÷ (TP + FP).',
    counts: 'labelled selections',
    measure: ({ confusion: { tp, fp } }) => share(tp, tp + fp),
  }),
  rate({
    metric: 'false_omission_rate',
    title: 'False omission rate',
    description: 'Of events not predicted favourable, the share that would have been: FN ÷ (FN + TN).',
    counts: 'labelled rejections',
    measure: ({ confusion: { fn, tn } }) => share(fn, fn + tn),
  }),
  rate({
    metric: 'error_balance',
    title: 'False negatives per false positive',
    description:
      'FN ÷ FP: which of the two errors a group suffers. Interval and test by the share FN ÷ (FN + FP).',
    counts: 'errors',
    range: [0, null],
    measure: ({ confusion: { fn, fp } }) => ({ kind: 'odds', hits: fn, n: fn + fp }),
  }),
];

const ofProbability: GroupMetric[] = [
  rate({
    metric: 'ece',
    title: 'Expected calibration error',
    description:
      'Mean gap between score and share of positives over 10 equal-width score bins. Noise makes it positive.',
    counts: 'labelled events with a score',
    min_n: calibrationFloor,
    min_events: calibrationFloor,
    hasRatio: false,
    measure: ({ calibration }) => ({ kind: 'calibration', bins: calibrationBins(calibration) }),
  }),
  mean({
    metric: 'score_bias',
    title: 'Score bias',
    description: 'Mean score − share of positives: above 0 the model promises the group more than it gets.',
    counts: 'labelled events with a score',
    range: [-1, 1],
    hasRatio: false,
    measure: ({ errors }) => ({ kind: 'mean', moments: errors }),
  }),
];

const accuracy = rate({
  metric: 'accuracy',
  title: 'Accuracy',
  description: 'Share of labelled events whose predicted label is the actual one.',
  counts: 'labelled predictions',
  measure: ({ correct, judged }) => share(correct, judged),
});

const meanScore = mean({
  metric: 'mean_score',
  title: 'Mean score',
  description: 'Mean probability of the favourable label. Needs no actuals.',
  counts: 'events with a score',
  range: [0, 1],
  isLabelled: false,
  measure: ({ scores }) => ({ kind: 'mean', moments: scores }),
});

const ofErrors: GroupMetric[] = [
  mean({
    metric: 'mae',
    title: 'Mean absolute error',
    description: 'Mean |prediction − actual|.',
    counts: 'labelled predictions',
    range: [0, null],
    measure: ({ absoluteErrors }) => ({ kind: 'mean', moments: absoluteErrors }),
  }),
  mean({
    metric: 'bias',
    title: 'Mean residual (bias)',
    description: 'Mean prediction − actual: above 0 the model predicts too much for the group.',
    counts: 'labelled predictions',
    hasRatio: false,
    measure: ({ errors }) => ({ kind: 'mean', moments: errors }),
  }),
  {
    ...meanScore,
    title: 'Mean prediction',
    description: 'Mean predicted value. Needs no actuals.',
    counts: 'predictions',
    range: [null, null],
  },
];

/**
 * What groups of a task are compared by; without a favourable label only whether predictions were right, for ranking
 * nothing.
 */
export function fairnessMetrics(task: Task, favourableLabel: string | null): GroupMetric[] {
  if (task === 'ranking') return [];
  if (task === 'regression') return ofErrors;
  return favourableLabel === null ? [accuracy] : [...ofLabel, accuracy, ...ofProbability, meanScore];
}

/** Without what only computes. */
export const metricInfoOf = ({
  isLabelled: _isLabelled,
  hasRatio: _hasRatio,
  measure: _measure,
  ...info
}: GroupMetric): FairnessMetricInfo => info;

/** A metric by its name. */
export const findGroupMetric = (metrics: GroupMetric[], name: FairnessMetric): GroupMetric | undefined =>
  metrics.find(({ metric }) => metric === name);
