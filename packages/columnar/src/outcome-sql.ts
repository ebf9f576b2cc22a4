import type { ColumnarModel } from './columnar.ts';
import type { Params } from './params.ts';
import type { PartColumn } from './part-columns.ts';
import { clampSql, summableSql } from './sql-text.ts';

/** Per-event expressions of how a prediction turned out; each is NULL where it is not defined. */
export interface OutcomeSql {
  columns: PartColumn[];
  /** BOOLEAN, never NULL: the event has the actual its task needs. */
  labelled: string;
  /** BOOLEAN: the predicted label is the actual one; binary: both are the positive one, or neither. */
  correct: string;
  /** BOOLEAN, binary: the actual label is the positive one. */
  positive: string;
  /** BOOLEAN, binary: the predicted label is the positive one. */
  predictedPositive: string;
  logLoss: string;
  brier: string;
  /** Regression: prediction − actual. */
  error: string;
}

const none = 'NULL';
const lowest = '2.220446049250313e-16';
const highest = '(1e0 - 2.220446049250313e-16)';

/** Natural log of a probability clipped to [ε, 1 − ε], ε = 2⁻⁵². */
function clippedLog(probability: string): string {
  return `ln(${clampSql(`(${probability})`, lowest, highest)})`;
}

/** Expressions for a model's task over the columns they name. */
export function outcomeSql(model: ColumnarModel, params: Params): OutcomeSql {
  const label: PartColumn = { name: 'actual_label', type: 'VARCHAR' };
  const score: PartColumn = { name: 'prediction_score', type: 'DOUBLE' };
  const predicted: PartColumn = { name: 'prediction_label', type: 'VARCHAR' };
  if (model.task === 'regression' || model.task === 'ranking') {
    return {
      columns: [{ name: 'actual_score', type: 'DOUBLE' }, score],
      labelled: '(actual_score IS NOT NULL)',
      correct: none,
      positive: none,
      predictedPositive: none,
      logLoss: none,
      brier: none,
      error: model.task === 'regression' ? errorSql() : none,
    };
  }
  const labels = {
    labelled: '(actual_label IS NOT NULL)',
    correct: '(prediction_label = actual_label)',
    error: none,
  };
  if (model.task === 'multiclass_classification')
    return {
      columns: [label, predicted, score, { name: 'prediction_scores', type: 'MAP(VARCHAR, DOUBLE)' }],
      ...labels,
      positive: none,
      predictedPositive: none,
      ...multiclassLosses(),
    };
  const columns = [label, predicted, score];
  if (model.positiveLabel === null)
    return { columns, ...labels, positive: none, predictedPositive: none, logLoss: none, brier: none };
  const positiveLabel = params.add(model.positiveLabel);
  const positive = `(actual_label = ${positiveLabel})`;
  const predictedPositive = `(prediction_label = ${positiveLabel})`;
  return {
    columns,
    ...labels,
    correct: `(${predictedPositive} = ${positive})`,
    positive,
    predictedPositive,
    logLoss: `(-CASE WHEN ${positive} THEN ${clippedLog('prediction_score')} WHEN NOT ${positive} THEN ${clippedLog('1e0 - prediction_score')} END)`,
    brier: `CASE WHEN ${positive} THEN (prediction_score - 1e0) * (prediction_score - 1e0) WHEN NOT ${positive} THEN prediction_score * prediction_score END`,
  };
}

function errorSql(): string {
  return `((${summableSql('prediction_score')}) - (${summableSql('actual_score')}))`;
}

/** Probabilities are divided by their sum; when all are zero the classes share alike. */
function multiclassLosses(): { logLoss: string; brier: string } {
  const all = 'map_values(prediction_scores)';
  const total = `list_sum(${all})`;
  const share = (p: string) =>
    `CASE WHEN ${total} > 0 THEN ${p} / ${total} ELSE 1e0 / cardinality(prediction_scores) END`;
  const known = 'actual_label IS NOT NULL AND cardinality(prediction_scores) > 0';
  const ofActual = `CASE WHEN ${total} > 0 THEN coalesce(prediction_scores[actual_label], 0e0) / ${total}
    WHEN prediction_scores[actual_label] IS NOT NULL THEN 1e0 / cardinality(prediction_scores) ELSE 0e0 END`;
  return {
    logLoss: `CASE WHEN ${known} THEN -${clippedLog(ofActual)} END`,
    brier: `CASE WHEN ${known} THEN list_sum(list_transform(${all}, lambda p: pow(${share('p')}, 2))) - 2 * ${ofActual} + 1 END`,
  };
}
