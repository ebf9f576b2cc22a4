import { z } from 'zod';
import { granularities } from './granularity.ts';
import { metricStatuses } from './metric.ts';

const number = z.number().nullable();

const counted = {
  n: z.number().int(),
  /** Different contents of the features among them. */
  distinct: z.number().int(),
  /** 1 − distinct ÷ n: rows whose features repeat those of another row. */
  share: number,
  status: z.enum(metricStatuses),
};

export const repeatsAnswer = z
  .object({
    window: z.object({ from: z.string(), to: z.string() }),
    granularity: z.enum(granularities),
    /** Features that rows are compared on; embeddings are not among them. */
    features: z.number().int(),
    ...counted,
    /** Windows of the other side of the comparison with enough rows; null without one, or with fewer than six. */
    usual: z
      .object({
        windows: z.number().int(),
        mean: z.number(),
        /** Mean and three standard deviations of a further window, one point at least; more than this is unusual. */
        limit: z.number(),
      })
      .nullable(),
    /** Windows that hold events. */
    points: z.array(
      z.object({
        window_start: z.string(),
        ...counted,
        /** Null when it cannot be judged. */
        unusual: z.boolean().nullable(),
      }),
    ),
  })
  .meta({ id: 'RepeatsAnswer' });
export type RepeatsAnswer = z.infer<typeof repeatsAnswer>;
