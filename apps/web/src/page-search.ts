import { audiences, quarantineStatuses } from '@plumbline/contracts';
import { z } from 'zod';

const word = z.string().max(300).optional().catch(undefined);

/** Drift: the column whose panel is open. */
export const columnSearch = z.object({ column: word });
/**
 * Performance: the metric drawn over time, absent = the task's main one; the decision threshold tried out, absent = the
 * model's; what the outcomes are worth.
 */
export const performanceSearch = z.object({
  metric: word,
  threshold: z.coerce.number().min(0).max(1).optional().catch(undefined),
  values: word,
});
export const qualityMetrics = [
  'missing_rate',
  'unseen_rate',
  'out_of_range_rate',
  'most_common_share',
  'distinct_values',
] as const;
export type QualityMetric = (typeof qualityMetrics)[number];
/** Data quality: which results are listed, of which column, and the rate drawn over time. */
export const qualitySearch = z.object({
  result: z.enum(['broken', 'unknown', 'met', 'off', 'all']).catch('broken').default('broken'),
  known_on: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
  column: word,
  metric: z.enum(qualityMetrics).catch('missing_rate').default('missing_rate'),
});
/** Slices: the field to group by and the metric to order by. */
export const slicesSearch = z.object({ group_by: word, order_metric: word });
/** Quarantine: the rows that are looked at; no code = all. */
export const quarantineSearch = z.object({
  status: z.enum(quarantineStatuses).catch('waiting').default('waiting'),
  code: word,
  field: z.string().max(2000).optional().catch(undefined),
  kind: z.enum(['events', 'actuals']).optional().catch(undefined),
});
export type QuarantineSearch = z.infer<typeof quarantineSearch>;
/** One prediction: who the narrative is for. */
export const audienceSearch = z.object({
  audience: z.enum(audiences).catch('data_scientist').default('data_scientist'),
});
/** Data: the import whose rejected rows are open. */
export const importSearch = z.object({ import: word });
