import type { ColumnarModel } from './columnar.ts';
import { type OutcomeSql, outcomeSql } from './outcome-sql.ts';
import type { Params } from './params.ts';
import { summableSql } from './sql-text.ts';

/** Per-event expressions of how a prediction turned out for whom it is about; each is NULL where it is not defined. */
interface FavourableSql extends Pick<OutcomeSql, 'columns' | 'labelled' | 'correct' | 'positive' | 'error'> {
  /** BOOLEAN: the predicted label is the favourable one. */
  selected: string;
  /** BOOLEAN: the predicted or the actual label is the favourable one by name. */
  named: string;
  /** Probability of the favourable label; regression: the predicted value. */
  score: string;
  /** Whether `score` is a probability. */
  isScored: boolean;
}

const none = 'NULL';

/** Expressions for a model's task, `positive` and `error` by the favourable label: for regression by the predicted value. */
export function favourableSql(model: ColumnarModel, label: string | null, params: Params): FavourableSql {
  const { columns, labelled, correct, error } = outcomeSql(model, params);
  const base = { columns, labelled, correct };
  if (model.task === 'regression')
    return {
      ...base,
      selected: none,
      positive: none,
      named: none,
      score: summableSql('prediction_score'),
      error,
      isScored: false,
    };
  if (model.task === 'ranking' || label === null)
    return {
      ...base,
      selected: none,
      positive: none,
      named: none,
      score: none,
      error: none,
      isScored: false,
    };
  const wanted = params.add(label);
  const named = `coalesce(prediction_label = ${wanted}, false) OR coalesce(actual_label = ${wanted}, false)`;
  const expressions =
    model.task === 'binary_classification' && model.positiveLabel !== null
      ? binary(label === model.positiveLabel, params.add(model.positiveLabel))
      : oneAgainstRest(model, wanted);
  const { score, positive } = expressions;
  return {
    ...base,
    ...expressions,
    named,
    error: `(${score}) - (${positive})::INTEGER`,
    isScored: score !== none,
  };
}

/** What is not positive is negative, whatever it is called. */
function binary(isPositive: boolean, positiveLabel: string) {
  const is = isPositive ? '=' : '<>';
  return {
    selected: `(prediction_label ${is} ${positiveLabel})`,
    positive: `(actual_label ${is} ${positiveLabel})`,
    score: isPositive ? 'prediction_score' : '(1e0 - prediction_score)',
  };
}

/** Probabilities are divided by their sum; a score without them tells nothing about one label. */
function oneAgainstRest({ task }: ColumnarModel, label: string) {
  const total = 'list_sum(map_values(prediction_scores))';
  const share = `CASE WHEN ${total} > 0 THEN coalesce(prediction_scores[${label}], 0e0) / ${total} END`;
  return {
    selected: `(prediction_label = ${label})`,
    positive: `(actual_label = ${label})`,
    score: task === 'multiclass_classification' ? share : none,
  };
}
