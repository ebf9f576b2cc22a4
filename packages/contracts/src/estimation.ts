import { z } from 'zod';

/** Whether performance could be estimated without labels; a value comes with `ok` and `low_confidence` only. */
export const estimateStatuses = [
  'ok',
  /** The reference has few labels. */
  'low_confidence',
  /** Too many values lie outside what the reference has. */
  'suppressed',
  /** The events were summarised before scores were kept. */
  'not_recorded',
  'insufficient_data',
  'empty',
  'degenerate',
  'not_applicable',
] as const;
export type EstimateStatus = (typeof estimateStatuses)[number];

const number = z.number().nullable();

/** What stands beside a realised value. */
export const estimateFields = {
  estimated: number,
  /** Estimate ± 3 standard errors. */
  estimated_lower: number,
  estimated_upper: number,
  estimated_n: z.number().int(),
  estimated_status: z.enum(estimateStatuses),
};

/** How the estimates of an answer came about. */
export const estimationSchema = z
  .object({
    method: z.literal('cbpe'),
    status: z.enum(estimateStatuses),
    /** Why the status is not `ok`. */
    reason: z.string().nullable(),
    /** False: the scores were already as near to the labels as a fit. Null without an estimator. */
    is_calibrated: z.boolean().nullable(),
    /** Labelled events of the reference the estimate was learned from. */
    n_reference: z.number().int(),
    /** Least label coverage of a window that is held against its estimate. */
    back_test_coverage: z.number(),
  })
  .meta({ id: 'Estimation' });
export type EstimationInfo = z.infer<typeof estimationSchema>;
