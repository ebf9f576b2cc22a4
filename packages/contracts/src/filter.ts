import { z } from 'zod';

export const filterOperators = [
  'eq',
  'ne',
  'in',
  'not_in',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'is_null',
  'not_null',
  'contains',
] as const;

export type FilterOperator = (typeof filterOperators)[number];

const scalar = z.union([z.string().max(4096), z.number(), z.boolean()]);

/** Fields a filter may name: `features.<name>`, `tags.<name>` or one of the fixed ones. */
export const fixedFilterFields = [
  'prediction_id',
  'prediction_score',
  'prediction_label',
  'actual_label',
  'actual_score',
  'model_version',
  'environment',
] as const;

const fieldName = z
  .string()
  .max(300)
  .refine((f) => /^(features|tags)\../s.test(f) || (fixedFilterFields as readonly string[]).includes(f), {
    message: `expected features.<name>, tags.<name> or one of ${fixedFilterFields.join(', ')}`,
  });

export type FilterScalar = z.infer<typeof scalar>;

/** One comparison. A null field makes every comparison false, also `ne` and `not_in`. */
export interface FilterLeaf {
  field: string;
  op: FilterOperator;
  value?: FilterScalar | FilterScalar[] | undefined;
}

/** A cohort's filter: data, never SQL text. */
export type Filter = { and: Filter[] } | { or: Filter[] } | { not: Filter } | FilterLeaf;

const leaf = z
  .strictObject({
    field: fieldName,
    op: z.enum(filterOperators),
    value: z.union([scalar, z.array(scalar).max(1000)]).optional(),
  })
  .superRefine((l, ctx) => {
    const isList = Array.isArray(l.value);
    const wrong = (message: string) => ctx.addIssue({ code: 'custom', path: ['value'], message });
    if (l.op === 'is_null' || l.op === 'not_null') {
      if (l.value !== undefined) wrong(`${l.op} takes no value`);
    } else if (l.op === 'in' || l.op === 'not_in') {
      if (!isList || (l.value as unknown[]).length === 0) wrong(`${l.op} takes a list of at least one value`);
    } else if (l.op === 'between') {
      if (!isList || (l.value as unknown[]).length !== 2) wrong('between takes a list of two values');
    } else if (l.op === 'contains') {
      if (typeof l.value !== 'string') wrong('contains takes a string');
    } else if (l.value === undefined || isList) wrong(`${l.op} takes one value`);
  });

/** Recursive filter AST; at most 8 levels deep and 100 leaves, see {@link parseFilter}. */
export const filterSchema: z.ZodType<Filter> = z
  .lazy(() =>
    z.union([
      z.strictObject({ and: z.array(filterSchema).min(1).max(50) }),
      z.strictObject({ or: z.array(filterSchema).min(1).max(50) }),
      z.strictObject({ not: filterSchema }),
      leaf,
    ]),
  )
  .meta({ id: 'Filter' });

function depthOf(filter: unknown, level = 0): number {
  if (level > 8 || typeof filter !== 'object' || filter === null) return level;
  const node = filter as Record<string, unknown>;
  const children = Array.isArray(node.and)
    ? node.and
    : Array.isArray(node.or)
      ? node.or
      : 'not' in node
        ? [node.not]
        : [];
  return Math.max(level, ...children.map((c) => depthOf(c, level + 1)));
}

/** Parses untrusted filter JSON (already `JSON.parse`d); returns the reason instead of throwing. */
export function parseFilter(input: unknown): { filter: Filter } | { error: string } {
  if (depthOf(input) > 8) return { error: 'a filter may be nested at most 8 levels deep' };
  const parsed = filterSchema.safeParse(input);
  if (parsed.success) return { filter: parsed.data };
  return { error: z.prettifyError(parsed.error) };
}
