import { columnKey, type FieldError, Problem } from '@plumbline/contracts';
import type { Db, ModelRecord } from '@plumbline/db';
import { findMetric } from '@plumbline/metrics';

export interface RuleInput {
  metric: string;
  column: string | null;
}

function fault(pointer: string, code: string, detail: string): FieldError {
  return { pointer, code, detail };
}

function columnFault(model: ModelRecord, key: string): FieldError | null {
  if (!key.startsWith('features.') || model.features.some((f) => `features.${f.name}` === key)) return null;
  return fault('/column', 'unknown_name', 'the model has no such feature');
}

/**
 * The column key a rule judges, '' for metrics of the model as a whole.
 * @throws Problem 422 `bad-rule` for a metric that does not exist, does not fit the task or lacks its column
 */
export function checkRule(model: ModelRecord, { metric, column }: RuleInput): string {
  const descriptor = findMetric(metric);
  const key = column === null ? '' : columnKey(column);
  const error = !descriptor
    ? fault('/metric', 'unknown_name', 'not in GET /v1/metrics')
    : descriptor.tasks && !descriptor.tasks.includes(model.task)
      ? fault('/metric', 'not_applicable', `not a metric of ${model.task}`)
      : descriptor.column_kinds && key === ''
        ? fault('/column', 'missing_field', `${metric} needs a column`)
        : descriptor.column_kinds
          ? columnFault(model, key)
          : null;
  if (error) throw new Problem('bad-rule', { detail: error.detail, errors: [error] });
  return descriptor?.column_kinds ? key : '';
}

/** @throws Problem 422 when a channel is not the project's */
export async function checkChannels(db: Db, projectId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = new Set((await db.channels.list(projectId)).map((channel) => channel.id));
  const index = ids.findIndex((id) => !known.has(id));
  if (index === -1) return;
  const detail = 'the project has no such channel';
  throw new Problem('bad-rule', { detail, errors: [fault(`/channels/${index}`, 'unknown_name', detail)] });
}
