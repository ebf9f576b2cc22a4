import { z } from 'zod';
import { nameSchema } from './model.ts';

/** The members of an event whose entries have names of their own. */
export const mappedGroups = ['features', 'tags', 'shap_values', 'prediction_scores'] as const;

/** `features.<name>` (likewise tags, shap_values, prediction_scores; the name may hold dots) or a field of the row itself. */
const fieldPath = z
  .string()
  .max(300)
  .refine((path) => {
    const group = mappedGroups.find((name) => path.startsWith(`${name}.`));
    const name = group ? path.slice(group.length + 1) : path;
    return nameSchema.safeParse(name).success && name !== '__proto__';
  }, 'expected features.<name>, tags.<name> or the name of a field');

const scalarTypes = ['string', 'number', 'boolean'] as const;
export type ScalarType = (typeof scalarTypes)[number];

/**
 * One step that mends a row before it is checked. Data, never code:
 * - `{field, from, to}` converts a value of one JSON type to another; what does not convert stays as it is.
 * - `{rename, to}` moves a value; nothing happens when `to` has one already.
 * - `{field, set_missing}` makes the listed values null.
 */
export const mappingRule = z
  .union([
    z
      .strictObject({ field: fieldPath, from: z.enum(scalarTypes), to: z.enum(scalarTypes) })
      .refine(({ from, to }) => from !== to, '"from" and "to" are the same'),
    z
      .strictObject({ rename: fieldPath, to: fieldPath })
      .refine(({ rename, to }) => rename !== to, '"rename" and "to" are the same'),
    z.strictObject({
      field: fieldPath,
      set_missing: z
        .array(z.union([z.string().max(1000), z.number(), z.boolean()]))
        .min(1)
        .max(100),
    }),
  ])
  .meta({ id: 'MappingRule' });
export type MappingRule = z.infer<typeof mappingRule>;

/** Applied in order. */
export const mappingRules = z.array(mappingRule).max(100);

export const mappingRulesBody = z.strictObject({ rules: mappingRules }).meta({ id: 'MappingRules' });
