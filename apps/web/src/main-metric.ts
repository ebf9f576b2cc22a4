import type { Task } from '@plumbline/contracts';

const preferred: Record<Task, readonly string[]> = {
  binary_classification: ['roc_auc', 'accuracy', 'f1'],
  multiclass_classification: ['accuracy', 'macro_f1', 'log_loss'],
  regression: ['mae', 'rmse', 'bias'],
  ranking: ['ndcg', 'map', 'mrr'],
};

/** The metric that speaks for a model: the first preferred one that has a value, else the first preferred one known. */
export function mainMetric<M extends { metric: string; value: number | null }>(
  task: Task,
  metrics: readonly M[],
): M | undefined {
  const ordered = preferred[task].flatMap((name) => metrics.filter((m) => m.metric === name));
  return ordered.find((m) => m.value !== null) ?? ordered[0] ?? metrics[0];
}
