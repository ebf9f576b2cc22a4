import type { RowMeasure } from '@plumbline/contracts';
import { categorySql, finiteSql } from './column-profiles.ts';
import type { ColumnarModel } from './columnar.ts';
import { resolveField } from './field.ts';
import { type OutcomeSql, outcomeSql } from './outcome-sql.ts';
import { createParams, type Params } from './params.ts';
import type { PartColumn } from './part-columns.ts';
import { summableSql } from './sql-text.ts';

const ofOutcome: Record<Extract<RowMeasure, string>, (outcome: OutcomeSql) => string> = {
  correct: ({ correct }) => `(${correct})::INTEGER`,
  wrong: ({ correct }) => `1 - (${correct})::INTEGER`,
  log_loss: ({ logLoss }) => logLoss,
  brier: ({ brier }) => brier,
  error: ({ error }) => error,
  absolute_error: ({ error }) => `abs(${error})`,
  squared_error: ({ error }) => `(${error}) * (${error})`,
  labelled: ({ labelled }) => `(${labelled})::INTEGER`,
  score: () => summableSql('prediction_score'),
  predicted_positive: ({ predictedPositive }) => `(${predictedPositive})::INTEGER`,
};

/** What the measures read that need no actual. */
const ofPrediction: { [M in Extract<RowMeasure, string>]?: PartColumn[] } = {
  score: [{ name: 'prediction_score', type: 'DOUBLE' }],
  predicted_positive: [{ name: 'prediction_label', type: 'VARCHAR' }],
};

/** The measure as a DOUBLE, null where it is not defined, and the part columns it reads. */
export function rowMeasureSql(
  model: ColumnarModel,
  measure: RowMeasure,
  params: Params,
): { sql: string; columns: PartColumn[] } {
  if (typeof measure !== 'string') {
    const field = resolveField(model, measure.missing, params);
    const value = field.kind === 'number' ? finiteSql(field) : categorySql(field);
    return { sql: `(${value} IS NULL)::INTEGER::DOUBLE`, columns: field.columns };
  }
  // Every parameter of a statement must stand in its text, and these measures name no label.
  const namesLabel = measure !== 'labelled' && measure !== 'score';
  const outcome = outcomeSql(model, namesLabel ? params : createParams());
  const columns = ofPrediction[measure] ?? outcome.columns;
  return { sql: `(${ofOutcome[measure](outcome)})::DOUBLE`, columns };
}
