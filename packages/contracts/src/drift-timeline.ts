import { z } from 'zod';
import { granularities } from './granularity.ts';
import { columnKinds, metricStatuses } from './metric.ts';
import { windowSchema } from './query.ts';

/** The primary distance of every column in every window. */
export const driftTimelineAnswer = z
  .object({
    window: windowSchema,
    granularity: z.enum(granularities),
    /** Starts of the windows, ascending: the last of those asked for. */
    windows: z.array(z.string()),
    /** How many windows were asked for. */
    windows_total: z.number().int(),
    columns: z.array(
      z.object({
        column: z.string(),
        kind: z.enum(columnKinds),
        role: z.enum(['feature', 'prediction', 'actual']),
        metric: z.string(),
        threshold: z.number().nullable(),
        /** One a window. */
        points: z.array(
          z.object({
            value: z.number().nullable(),
            /** Of the column's test after Benjamini–Hochberg over the columns of the window. */
            adjusted_p: z.number().nullable(),
            n: z.number().int(),
            status: z.enum(metricStatuses),
            drifted: z.boolean(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'DriftTimelineAnswer' });
export type DriftTimelineAnswer = z.infer<typeof driftTimelineAnswer>;
