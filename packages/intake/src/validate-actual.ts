import { limits, type StoredActual, type Task } from '@plumbline/contracts';
import {
  type CheckedRow,
  checkFields,
  checkId,
  checkNumber,
  checkObject,
  checkRow,
  checkText,
  checkTime,
  refuse,
} from './row-check.ts';

const fields: ReadonlySet<string> = new Set([
  'prediction_id',
  'actual_label',
  'actual_score',
  'actual_timestamp',
]);

/** Checks one actual as posted. A row whose value is an explicit null takes the actual back. Pure. */
export function validateActual(row: unknown, task: Task, now: number): CheckedRow<StoredActual> {
  return checkRow(() => {
    const body = checkObject(row, '');
    checkFields(body, fields);
    const id = checkId(body);
    if (body.actual_label === undefined && body.actual_score === undefined) {
      refuse('missing_field', '/actual_label', 'actual_label or actual_score is required');
    }
    const actual = actualOf(body, id, task, now) ?? { prediction_id: id };
    if (body.actual_timestamp != null && actual.actual_ms === undefined) {
      actual.actual_ms = checkTime(body.actual_timestamp, '/actual_timestamp', now);
    }
    return actual;
  });
}

/** The actual inside a row of events or actuals; null when it carries no value. Refuses values the task cannot use. */
export function actualOf(
  body: Record<string, unknown>,
  predictionId: string,
  task: Task,
  now: number,
): StoredActual | null {
  const actual: StoredActual = { prediction_id: predictionId };
  if (body.actual_label != null) {
    actual.actual_label = checkText(body.actual_label, '/actual_label', limits.nameCharacters);
  }
  if (body.actual_score != null) actual.actual_score = checkNumber(body.actual_score, '/actual_score');
  const time = body.actual_timestamp;
  if (time != null) actual.actual_ms = checkTime(time, '/actual_timestamp', now);
  if (actual.actual_label === undefined && actual.actual_score === undefined) return null;
  if (task.endsWith('_classification') && actual.actual_label === undefined) {
    refuse('type_mismatch', '/actual_score', 'a classification model takes actual_label');
  }
  if (task === 'regression' && actual.actual_score === undefined) {
    refuse('type_mismatch', '/actual_label', 'a regression model takes actual_score');
  }
  return actual;
}
