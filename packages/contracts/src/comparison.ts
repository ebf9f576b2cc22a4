import { z } from 'zod';
import { metricStatuses } from './metric.ts';

const number = z.number().nullable();

/** A metric of the other side of a comparison, and how far the asked window is from it. */
export const comparedScore = z
  .object({
    value: number,
    lower: number,
    upper: number,
    n: z.number().int(),
    status: z.enum(metricStatuses),
    /** Value of the asked window − value of the other side; null without one of the two. */
    change: number,
    /** 95 % interval of the change, both sides taken for independent; null where a side has none. */
    change_lower: number,
    change_upper: number,
  })
  .meta({ id: 'ComparedScore' });
export type ComparedScore = z.infer<typeof comparedScore>;

/** The other side of a comparison. */
export const comparedSide = z
  .object({
    /** `previous_period`, `range`, or where the reference came from. */
    kind: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    n_events: z.number().int(),
    n_labelled: z.number().int(),
  })
  .meta({ id: 'ComparedSide' });
export type ComparedSide = z.infer<typeof comparedSide>;
