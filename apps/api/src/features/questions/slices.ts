import { toColumnarModel } from '@plumbline/columnar';
import { fixedFilterFields, Problem, type SlicesAnswer, type SlicesBody } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { findMetric } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { queryRange } from '../../parse-selection.ts';
import { liveParts } from './live-parts.ts';

const ownMetrics = new Set(['n', 'n_labelled', 'label_rate', 'mean_score', 'positive_rate']);
const defaultLimit = 100;

function invalid(pointer: string, detail: string): Problem {
  return new Problem('validation-failed', { detail, errors: [{ pointer, code: 'unknown_name', detail }] });
}

function checkField(model: ModelRecord, field: string, pointer: string): void {
  if ((fixedFilterFields as readonly string[]).includes(field) || field.startsWith('tags.')) return;
  const feature = model.features.find(({ name }) => `features.${name}` === field);
  if (!feature) throw invalid(pointer, `the model has no field "${field.slice(0, 100)}"`);
  if (feature.kind === 'embedding') throw invalid(pointer, 'embeddings cannot be grouped by');
}

function checkMetric(metric: string, pointer: string): void {
  if (!ownMetrics.has(metric) && !findMetric(metric)) {
    throw invalid(pointer, `"${metric.slice(0, 100)}" is not in GET /v1/metrics`);
  }
}

/** Metrics of every group of the selected events. @throws Problem 422 for fields and metrics that do not exist */
export async function slices(
  { db, columnar }: Pick<Deps, 'db' | 'columnar'>,
  model: ModelRecord,
  body: SlicesBody,
): Promise<SlicesAnswer> {
  for (const [i, field] of body.group_by.entries()) checkField(model, field, `/group_by/${i}`);
  for (const [i, metric] of body.metrics.entries()) checkMetric(metric, `/metrics/${i}`);
  const orderBy = body.order_by ?? '-volume';
  const descending = orderBy.startsWith('-');
  const key = descending ? orderBy.slice(1) : orderBy;
  checkMetric(key, '/order_by');
  const selection = {
    ...queryRange(body),
    environment: body.environment ?? ('production' as const),
    ...(body.version === undefined ? {} : { version: body.version }),
    ...(body.filter ? { filter: body.filter } : {}),
  };
  const parts = await liveParts({ db }, model.id, selection);
  return columnar.slices(toColumnarModel(model), parts, {
    ...selection,
    groupBy: [...new Set(body.group_by)],
    metrics: [...new Set(body.metrics)],
    orderBy: { key, descending },
    minN: body.min_n ?? 0,
    limit: body.limit ?? defaultLimit,
  });
}
