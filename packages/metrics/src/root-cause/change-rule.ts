import type { ChangeMethod, ChangeMetric, SegmentCounting, Task } from '@plumbline/contracts';

/** How the change of a metric is taken apart. */
export interface ChangeRule {
  method: ChangeMethod;
  counting: SegmentCounting;
}

const rules: Record<
  Exclude<ChangeMetric, 'missing_rate'>,
  ChangeRule & { tasks: readonly Task[] | null }
> = (() => {
  const mean = (measure: SegmentCounting & { of: 'measure' }, tasks: readonly Task[] | null) => ({
    method: 'mix_rate' as const,
    counting: measure,
    tasks,
  });
  const of = (measure: (SegmentCounting & { of: 'measure' })['measure']) => ({
    of: 'measure' as const,
    measure,
  });
  const classes: Task[] = ['binary_classification', 'multiclass_classification'];
  const binary: Task[] = ['binary_classification'];
  const regression: Task[] = ['regression'];
  const ratio = { method: 'shapley' as const, counting: { of: 'outcomes' as const }, tasks: binary };
  return {
    accuracy: mean(of('correct'), classes),
    log_loss: mean(of('log_loss'), classes),
    brier: mean(of('brier'), classes),
    mae: mean(of('absolute_error'), regression),
    bias: mean(of('error'), regression),
    label_coverage: mean(of('labelled'), null),
    mean_score: mean(of('score'), null),
    positive_rate: mean(of('predicted_positive'), binary),
    precision: ratio,
    recall: ratio,
    f1: ratio,
    roc_auc: { ...ratio, counting: { of: 'scores' } },
    rmse: { method: 'shapley', counting: of('squared_error'), tasks: regression },
    volume: { method: 'counts', counting: of('score'), tasks: null },
  };
})();

/** The rule of a metric, or null when the task does not have it; `column` (a filter field) is that of `missing_rate`. */
export function changeRule(metric: ChangeMetric, task: Task, column: string | null): ChangeRule | null {
  if (metric === 'missing_rate')
    return column === null
      ? null
      : { method: 'mix_rate', counting: { of: 'measure', measure: { missing: column } } };
  const { tasks, ...rule } = rules[metric];
  return tasks === null || tasks.includes(task) ? rule : null;
}

/** What is asked when a question names no metric. */
export const defaultChangeMetric = (task: Task): ChangeMetric =>
  task === 'ranking' ? 'volume' : task === 'regression' ? 'mae' : 'accuracy';
