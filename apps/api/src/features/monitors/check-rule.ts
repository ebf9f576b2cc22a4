import {
  columnKey,
  type FieldError,
  type Granularity,
  Problem,
  type ThresholdRule,
} from '@plumbline/contracts';
import type { Db, ModelRecord } from '@plumbline/db';
import { findMetric, type MetricDescriptor, readsReference } from '@plumbline/metrics';

export interface RuleInput {
  metric: string;
  column: string | null;
  granularity: Granularity;
  threshold: ThresholdRule;
}

function fault(pointer: string, code: string, detail: string): FieldError {
  return { pointer, code, detail };
}

function columnFault(model: ModelRecord, key: string): FieldError | null {
  if (!key.startsWith('features.') || model.features.some((f) => `features.${f.name}` === key)) return null;
  return fault('/column', 'unknown_name', 'the model has no such feature');
}

/** Thresholds that could never judge anything. */
function thresholdFault(descriptor: MetricDescriptor, rule: RuleInput): FieldError | null {
  const { threshold, granularity } = rule;
  const { granularities } = descriptor;
  if (granularities && !granularities.includes(granularity))
    return fault('/granularity', 'not_applicable', `has values by ${granularities.join(' or ')} only`);
  if (threshold.kind === 'constant') return null;
  const kind = (detail: string) => fault('/threshold/kind', 'not_applicable', detail);
  if (descriptor.measures === 'p_value') return kind('p-values have constant thresholds only');
  if (threshold.kind === 'seasonal' && granularity === 'week')
    return kind('weeks have no season within them');
  if (descriptor.readsIntake && readsReference(threshold))
    return kind('the reference was not received in batches');
  if (descriptor.own_limits) {
    if (threshold.kind === 'auto' && (threshold.warning ?? threshold.critical) != null)
      return fault('/threshold', 'not_applicable', 'the limits of `auto` come with each comparison');
    if (threshold.kind !== 'auto' && readsReference(threshold))
      return kind('windows of the reference are in the limits that `auto` takes, and nowhere else');
  }
  if (descriptor.readsExpectations && readsReference(threshold))
    return kind('what is expected was learnt from the reference');
  if (threshold.kind === 'relative' && threshold.baseline === 'reference' && descriptor.needs_reference)
    return fault('/threshold/baseline', 'not_applicable', 'the distance of the reference from itself is 0');
  return null;
}

/**
 * The column key a rule judges, '' for metrics of the model as a whole.
 * @throws Problem 422 `bad-rule` for a metric that does not exist, does not fit the task, lacks its column or
 *   cannot have such a threshold
 */
export function checkRule(model: ModelRecord, rule: RuleInput): string {
  const { metric, column } = rule;
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
  const found = error ?? (descriptor ? thresholdFault(descriptor, rule) : null);
  if (found) throw new Problem('bad-rule', { detail: found.detail, errors: [found] });
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
