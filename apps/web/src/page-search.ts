import { audiences, driftProfiles, maxAttributes, quarantineStatuses } from '@plumbline/contracts';
import { z } from 'zod';

const word = z.string().max(300).optional().catch(undefined);

/**
 * Drift: the column whose panel is open and the metric drawn there, absent = its primary one; whose rules decide, absent
 * = the platform's own; by what columns are ordered, absent = by drift alone; whether other tests of the column are asked;
 * whether windows of all columns together are days, absent = weeks and asked ranges.
 */
export const driftSearch = z.object({
  column: word,
  metric: word,
  profile: z.enum(driftProfiles).optional().catch(undefined),
  order: z.enum(['importance']).optional().catch(undefined),
  tests: z.enum(['asked']).optional().catch(undefined),
  together: z.enum(['day']).optional().catch(undefined),
});
export type DriftSearch = z.infer<typeof driftSearch>;
/**
 * Performance: the metric drawn over time, absent = the task's main one; the decision threshold tried out, absent = the
 * model's; what the outcomes are worth; the day by whose end things had to be received, absent = now; what the metrics
 * are compared with, `previous_period` or `<first day>..<last day>`, absent = the reference.
 */
export const performanceSearch = z.object({
  compare: word,
  known_on: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
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
/** Data quality: which results are listed, of which column, the rate drawn over time; whether pairs of features are compared. */
export const qualitySearch = z.object({
  result: z.enum(['broken', 'unknown', 'met', 'off', 'all']).catch('broken').default('broken'),
  column: word,
  metric: z.enum(qualityMetrics).catch('missing_rate').default('missing_rate'),
  pairs: z.enum(['shown']).optional().catch(undefined),
});
function listOfText(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input);
  } catch {
    return undefined;
  }
}

const words = z
  .preprocess(listOfText, z.array(z.string().max(300)).min(1).max(maxAttributes).optional())
  .catch(undefined);

/**
 * Fairness: the attributes whose values make groups, the values of the reference group, the label that counts as
 * selected, and the metric that is drawn; absent = chosen by the page or the server. What disparities stand beside.
 */
export const fairnessSearch = z.object({
  attributes: words,
  reference: words,
  favourable: word,
  metric: word,
  beside: z.enum(['reference', 'previous_period']).optional().catch(undefined),
});
/** Slices: the field to group by and the metric to order by. */
export const slicesSearch = z.object({ group_by: word, order_metric: word });
const chosenDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional()
  .catch(undefined);
/**
 * Why: the metric whose change is taken apart (and the column of a missing rate), what the view is compared with (chosen
 * days, both included), the dimension that is open, and the metric slices are worst by; absent = chosen by the page.
 */
export const whySearch = z.object({
  metric: word,
  column: word,
  against: z.enum(['reference', 'previous_period', 'days']).optional().catch(undefined),
  against_from: chosenDay,
  against_to: chosenDay,
  dimension: word,
  slices_by: word,
});
export type WhySearch = z.infer<typeof whySearch>;
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
