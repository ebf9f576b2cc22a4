import { z } from 'zod';
import { filterSchema } from './filter.ts';
import { environments } from './model.ts';

export const slicesBody = z
  .strictObject({
    group_by: z.array(z.string().max(300)).min(1).max(3),
    metrics: z.array(z.string().max(100)).min(1).max(20),
    filter: filterSchema.nullish(),
    from: z.union([z.string(), z.number()]).optional(),
    to: z.union([z.string(), z.number()]).optional(),
    version: z.string().max(256).optional(),
    environment: z.enum(environments).optional(),
    /** A metric's name or `n`; a leading `-` orders descending. Default `-volume`. */
    order_by: z.string().max(101).optional(),
    /** Groups with fewer labelled events (or events, when no performance metric is asked) are left out. */
    min_n: z.number().int().min(0).optional(),
    limit: z.number().int().min(1).max(1000).optional(),
  })
  .meta({ id: 'SlicesBody' });
export type SlicesBody = z.infer<typeof slicesBody>;

export const slicesAnswer = z
  .object({
    rows: z.array(
      z.object({
        group: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
        metrics: z.record(z.string(), z.number().nullable()),
        n: z.number().int(),
        n_labelled: z.number().int(),
      }),
    ),
    truncated: z.boolean(),
  })
  .meta({ id: 'SlicesAnswer' });
export type SlicesAnswer = z.infer<typeof slicesAnswer>;
