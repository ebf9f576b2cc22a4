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
  /** What is needed is still being learnt from the reference. */
  'learning',
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

/** Stretches of the reference, in order of time, each estimated by what was learnt from the others. */
export const heldOutLoss = z
  .object({
    metric: z.string(),
    /** Share of the variance of the loss of one event that was explained, at most 1. */
    r2: number,
    blocks: z.array(
      z.object({
        n: z.number().int(),
        estimated: z.number(),
        realised: z.number(),
        /** (estimated − realised) in standard errors. */
        bias: number,
      }),
    ),
  })
  .meta({ id: 'HeldOutLoss' });
export type HeldOutLoss = z.infer<typeof heldOutLoss>;

const expectedCount = z.object({ value: z.number(), lower: number, upper: number });

/** How the estimates of an answer came about. */
export const estimationSchema = z
  .object({
    /** `cbpe`: by the scores of a classification; `dle`: by the losses that are expected of a regression. */
    method: z.enum(['cbpe', 'dle']),
    status: z.enum(estimateStatuses),
    /** Why the status is not `ok`. */
    reason: z.string().nullable(),
    /** False: the scores were already as near to the labels as a fit. Null without an estimator or without scores. */
    is_calibrated: z.boolean().nullable(),
    /** Labelled events of the reference the estimate was learned from. */
    n_reference: z.number().int(),
    /** Least label coverage of a window that is held against its estimate. */
    back_test_coverage: z.number(),
    /** Two classes: events of each outcome to be expected, ± 3 standard errors; null where nothing was estimated. */
    expected_confusion: z
      .object({ tp: expectedCount, fp: expectedCount, fn: expectedCount, tn: expectedCount })
      .nullable(),
    /** Of `dle`: how parts of the reference fared. */
    held_out: z.array(heldOutLoss),
  })
  .meta({ id: 'Estimation' });
export type EstimationInfo = z.infer<typeof estimationSchema>;
