import type { Task } from '@plumbline/contracts';
import type { ColumnarModel } from '../columnar.ts';

/** A model whose feature names need care: two differ by case alone, one is `__proto__`. */
export function sampleModel(task: Task = 'binary_classification'): ColumnarModel {
  return {
    id: 'model-1',
    task,
    positiveLabel: task === 'binary_classification' ? 'late' : null,
    features: [
      { name: 'distance', kind: 'numeric', ordinal: 0 },
      { name: 'Origin', kind: 'categorical', ordinal: 3 },
      { name: 'origin', kind: 'categorical', ordinal: 1 },
      { name: '__proto__', kind: 'numeric', ordinal: 2 },
      { name: `a'b".c/~\\ 😀`, kind: 'boolean', ordinal: 4 },
      { name: 'weekday', kind: 'numeric', ordinal: 7 },
      { name: 'note', kind: 'text', ordinal: 8 },
      { name: 'picture', kind: 'embedding', ordinal: 9 },
      { name: 'flat', kind: 'numeric', ordinal: 10 },
      { name: 'never', kind: 'numeric', ordinal: 11 },
    ],
    tags: ['channel'],
  };
}
