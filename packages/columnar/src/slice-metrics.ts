const tp = 'count_if(positive AND predicted_positive)';
const fp = 'count_if(NOT positive AND predicted_positive)';
const fn = 'count_if(positive AND NOT predicted_positive)';
const positives = 'count_if(scored AND positive)';
const negatives = 'count_if(scored AND NOT positive)';

/** Aggregates over the rows of one group; a task without the row value a metric needs gets null. */
const aggregates: ReadonlyMap<string, string> = new Map([
  ['volume', 'count(*)'],
  ['n', 'count(*)'],
  ['n_labelled', 'count_if(labelled)'],
  ['label_rate', 'avg(labelled::INTEGER)'],
  ['mean_score', 'favg(score)'],
  ['positive_rate', 'avg(predicted_positive::INTEGER)'],
  ['accuracy', 'avg(correct::INTEGER)'],
  ['precision', `${tp} / nullif(${tp} + ${fp}, 0)`],
  ['recall', `${tp} / nullif(${tp} + ${fn}, 0)`],
  ['f1', `2 * ${tp} / nullif(2 * ${tp} + ${fp} + ${fn}, 0)`],
  ['log_loss', 'favg(log_loss)'],
  ['brier', 'favg(brier)'],
  [
    'roc_auc',
    `(sum(midrank) FILTER (WHERE scored AND positive) - ${positives} * (${positives} + 1) / 2)
      / nullif(${positives} * ${negatives}, 0)`,
  ],
  ['mae', 'favg(abs(e))'],
  ['rmse', 'sqrt(favg(e * e))'],
  ['bias', 'favg(e)'],
]);

const withoutLabels = new Set(['volume', 'n', 'n_labelled', 'label_rate', 'mean_score', 'positive_rate']);

/** Whether a slice metric is computed from labelled events. */
export function isPerformanceMetric(metric: string): boolean {
  return !withoutLabels.has(metric);
}

/** The aggregate of a slice metric as DOUBLE; NULL for a metric slices do not offer. */
export function sliceMetricSql(metric: string): string {
  return `(${aggregates.get(metric) ?? 'NULL'})::DOUBLE`;
}
