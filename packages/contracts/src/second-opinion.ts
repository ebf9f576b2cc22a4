import { z } from 'zod';
import { columnKinds, metricStatuses } from './metric.ts';
import { windowSchema } from './query.ts';

/**
 * Where a p-value comes from: counted out, the distribution of large samples, a table of levels interpolated between its
 * ends, or seeded permutations of the rows.
 */
export const pMethods = ['exact', 'asymptotic', 'interpolated', 'permutation'] as const;
export type PMethod = (typeof pMethods)[number];

/** What one more test says of a column. It raises no alarm. */
export const secondOpinion = z
  .object({
    test: z.string(),
    title: z.string(),
    value: z.number().nullable(),
    /** What `value` is. */
    measures: z.string(),
    /** Null for distances without a test, and without a value. */
    p_value: z.number().nullable(),
    /** `at_most` or `at_least`: the test cannot tell p beyond `p_value`. */
    p_bound: z.enum(['at_most', 'at_least']).nullable(),
    p_method: z.enum(pMethods).nullable(),
    status: z.enum(metricStatuses),
    n_reference: z.number().int(),
    n_current: z.number().int(),
    /** `sampled`: from rows drawn of a side that has more. */
    exactness: z.enum(['exact', 'sampled']),
    /** Which changes it finds, and which not. */
    sensitive_to: z.string(),
  })
  .meta({ id: 'SecondOpinion' });
export type SecondOpinion = z.infer<typeof secondOpinion>;

export const secondOpinionsAnswer = z
  .object({
    window: windowSchema,
    column: z.string(),
    kind: z.enum(columnKinds),
    /** Null: there is nothing to compare with. */
    reference: z
      .object({ kind: z.string(), from: z.string().nullable(), to: z.string().nullable() })
      .nullable(),
    sample: z.object({
      /** Events of a side that are drawn at most, always the same ones of the same events. */
      limit: z.number().int(),
      /** Events of each side; those of which the column is missing count in no test. */
      events_reference: z.number().int(),
      events_current: z.number().int(),
    }),
    tests: z.array(secondOpinion),
  })
  .meta({ id: 'SecondOpinionsAnswer' });
export type SecondOpinionsAnswer = z.infer<typeof secondOpinionsAnswer>;
