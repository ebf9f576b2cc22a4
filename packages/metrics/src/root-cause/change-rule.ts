import {
  type ChangeMethod,
  type ChangeMetric,
  changeMetricTasks,
  type RowMeasure,
  type SegmentCounting,
  type Task,
} from '@plumbline/contracts';

/** How the change of a metric is taken apart. */
export interface ChangeRule {
  method: ChangeMethod;
  counting: SegmentCounting;
}

const meanOf = (measure: RowMeasure): ChangeRule => ({
  method: 'mix_rate',
  counting: { of: 'measure', measure },
});
const ofOutcomes: ChangeRule = { method: 'shapley', counting: { of: 'outcomes' } };

const rules: Record<Exclude<ChangeMetric, 'missing_rate'>, ChangeRule> = {
  accuracy: meanOf('correct'),
  log_loss: meanOf('log_loss'),
  brier: meanOf('brier'),
  mae: meanOf('absolute_error'),
  bias: meanOf('error'),
  label_coverage: meanOf('labelled'),
  mean_score: meanOf('score'),
  positive_rate: meanOf('predicted_positive'),
  precision: ofOutcomes,
  recall: ofOutcomes,
  f1: ofOutcomes,
  roc_auc: { method: 'shapley', counting: { of: 'scores' } },
  rmse: { method: 'shapley', counting: { of: 'measure', measure: 'squared_error' } },
  volume: { method: 'counts', counting: { of: 'measure', measure: 'score' } },
};

/** The rule of a metric, or null when the task does not have it; `column` (a filter field) is that of `missing_rate`. */
export function changeRule(metric: ChangeMetric, task: Task, column: string | null): ChangeRule | null {
  if (!changeMetricTasks[metric].includes(task)) return null;
  if (metric !== 'missing_rate') return rules[metric];
  return column === null ? null : meanOf({ missing: column });
}

/** What is asked when a question names no metric. */
export const defaultChangeMetric = (task: Task): ChangeMetric =>
  task === 'ranking' ? 'volume' : task === 'regression' ? 'mae' : 'accuracy';
