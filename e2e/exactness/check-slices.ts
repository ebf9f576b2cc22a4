import type { SlicesAnswer } from '@plumbline/contracts';
import type { Comparison } from './comparison.ts';
import { fieldValue } from './dataset.ts';
import { exactRanking } from './raw-statistics.ts';
import { type Question, select } from './selection.ts';
import type { Truth } from './truth.ts';

/** Every group of a slices answer, and that none is missing. Metrics here are of the rows themselves, not of bins. */
export function checkSlices(
  compare: Comparison,
  path: string,
  truth: Truth,
  question: Question,
  groupBy: readonly string[],
  answer: SlicesAnswer,
): void {
  const { data } = truth;
  const groups = new Map<string, number[]>();
  for (const row of select(data, question)) {
    const key = JSON.stringify(groupBy.map((field) => fieldValue(data, field, row)));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  compare.equal(`${path} groups`, answer.rows.length, groups.size);
  for (const { group, metrics, n, n_labelled } of answer.rows) {
    const key = JSON.stringify(groupBy.map((field) => group[field]));
    const at = `${path} ${key}`;
    const members = groups.get(key);
    if (!members) {
      compare.equal(at, 'present', 'absent');
      continue;
    }
    const target = truth.task === 'regression' ? 'actual_score' : 'actual_label';
    const labelled = members.filter((row) => fieldValue(data, target, row) !== null);
    compare.equal(`${at} n`, n, members.length);
    compare.equal(`${at} n_labelled`, n_labelled, labelled.length);
    for (const [metric, value] of Object.entries(metrics)) {
      compare.close(`${at} ${metric}`, value, sliceMetric(truth, metric, members, labelled));
    }
  }
}

function sliceMetric(
  { data, positive }: Truth,
  metric: string,
  members: readonly number[],
  labelled: readonly number[],
): number | null {
  const text = (field: string) => (row: number) => fieldValue(data, field, row);
  const [actual, predicted] = [text('actual_label'), text('prediction_label')];
  const score = (row: number) => Number(fieldValue(data, 'prediction_score', row));
  const isPositive = (row: number) => actual(row) === positive;
  const isPredicted = (row: number) => predicted(row) === positive;
  const mean = (list: readonly number[], of: (row: number) => number) =>
    list.length === 0 ? null : list.reduce((sum, row) => sum + of(row), 0) / list.length;
  const error = (row: number) => score(row) - Number(fieldValue(data, 'actual_score', row));
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const tp = labelled.filter((row) => isPositive(row) && isPredicted(row)).length;
  const positives = labelled.filter(isPositive).length;
  const predictedPositives = labelled.filter(isPredicted).length;
  switch (metric) {
    case 'volume':
      return members.length;
    case 'accuracy':
      return mean(labelled, (row) => (actual(row) === predicted(row) ? 1 : 0));
    case 'precision':
      return share(tp, predictedPositives);
    case 'recall':
      return share(tp, positives);
    case 'f1':
      return share(2 * tp, positives + predictedPositives);
    case 'brier':
      return mean(labelled, (row) => (score(row) - (isPositive(row) ? 1 : 0)) ** 2);
    case 'log_loss':
      return mean(labelled, (row) => -Math.log(isPositive(row) ? score(row) : 1 - score(row)));
    case 'roc_auc':
      return positives === 0 || positives === labelled.length
        ? null
        : exactRanking(labelled.map(score), labelled.map(isPositive)).auc;
    case 'mae':
      return mean(labelled, (row) => Math.abs(error(row)));
    case 'bias':
      return mean(labelled, error);
    case 'rmse': {
      const square = mean(labelled, (row) => error(row) ** 2);
      return square === null ? null : Math.sqrt(square);
    }
    default:
      throw new Error(`no expectation for ${metric}`);
  }
}
