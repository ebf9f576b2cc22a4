import { Problem, type Task } from '@plumbline/contracts';

/** A metric that models of this task do not have. */
export function unfit(metric: string, task: Task): Problem {
  const detail = `"${metric}" does not fit a model of task ${task}`;
  return new Problem('validation-failed', {
    detail,
    errors: [{ pointer: '/metric', code: 'not_applicable', detail }],
  });
}
