import { z } from 'zod';

const number = z.number().nullable();

/** How late labels come, and how old the newest event is. */
export const arrivalSchema = z
  .object({
    /** Of the window, at its end or now when that is earlier. Null without events. */
    freshness: z.object({ newest: z.string(), at: z.string(), age_seconds: z.number() }).nullable(),
    n_events: z.number().int(),
    n_labelled: z.number().int(),
    /** Labelled events whose actual has a time: the delays are theirs. Null while older profiles are renewed. */
    n_timed: z.number().int().nullable(),
    /** Time of the actual − time of the prediction that a share `quantile` of labels need at most. */
    delays: z.array(
      z.object({ quantile: z.number(), seconds: number, lower: number, upper: number, status: z.string() }),
    ),
    /** Share by which `seconds` may be off: delays are kept in bins. */
    delay_error: z.number(),
    /** Of the days of the window that are at least so old: how many of their events had a label by that age. */
    coverage_by_age: z.array(
      z.object({
        age_seconds: z.number().int(),
        n_events: z.number().int(),
        n_labelled: z.number().int(),
        coverage: number,
        lower: number,
        upper: number,
      }),
    ),
  })
  .meta({ id: 'Arrival' });
export type Arrival = z.infer<typeof arrivalSchema>;
