import { z } from 'zod';

/** What a model is compared with, and how far its history is recomputed on the bins made of that. */
export const referenceAnswer = z
  .object({
    /** Null without a reference. */
    reference: z
      .object({
        id: z.string(),
        source: z.enum(['upload', 'range']),
        rows: z.number().int(),
        /** Prediction time of its first and last row; null when they have none. */
        from: z.string().nullable(),
        to: z.string().nullable(),
        created_at: z.string(),
      })
      .nullable(),
    /** Bins are made anew with a reference, and when a feature's kind is changed. */
    bins: z.object({ id: z.string(), columns: z.number().int(), created_at: z.string() }),
    /** `hours` were stored on other bins, `hours_done` of them are recomputed; answers are on the new bins either way. */
    history: z.object({
      status: z.enum(['current', 'recomputing']),
      hours: z.number().int(),
      hours_done: z.number().int(),
    }),
  })
  .meta({ id: 'Reference' });
export type ReferenceAnswer = z.infer<typeof referenceAnswer>;
