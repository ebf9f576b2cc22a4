import { z } from 'zod';

export const tasks = ['binary_classification', 'multiclass_classification', 'regression', 'ranking'] as const;
export type Task = (typeof tasks)[number];

export const featureKinds = ['numeric', 'categorical', 'boolean', 'text', 'embedding'] as const;
export type FeatureKind = (typeof featureKinds)[number];

export const environments = ['production', 'training', 'validation'] as const;
export type Environment = (typeof environments)[number];

/** The derived label of a binary prediction below the threshold while the name of the negative class is not known. */
export const unknownNegativeLabel = 'other';

/** URL name of a model. */
export const modelSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'expected a-z, 0-9, ".", "_", "-", at most 64 characters');

const isPlainName = (name: string) => ![...name].some((c) => c < ' ' || c === '\u007f');

/** Feature and tag names: 1 to 256 characters, no control characters, no leading `$`. */
export const nameSchema = z
  .string()
  .min(1)
  .max(256)
  .refine(
    (n) => isPlainName(n) && !n.startsWith('$') && n.isWellFormed(),
    'control characters and a leading "$" are not allowed',
  );

export const featureSchema = z
  .strictObject({
    name: nameSchema,
    kind: z.enum(featureKinds),
    min: z.number().optional(),
    max: z.number().optional(),
    sensitive: z.boolean().default(false),
  })
  .meta({ id: 'Feature' });
export type Feature = z.infer<typeof featureSchema>;

export const tagSchema = z
  .strictObject({ name: nameSchema, sensitive: z.boolean().default(false) })
  .meta({ id: 'Tag' });
export type Tag = z.infer<typeof tagSchema>;

const unique = (names: { name: string }[] | undefined) =>
  !names || new Set(names.map((n) => n.name)).size === names.length;

/** Tags a model's schema holds. */
export const maxTags = 100;

export const modelBody = z
  .strictObject({
    task: z.enum(tasks),
    display_name: z.string().min(1).max(200).optional(),
    positive_label: z.string().min(1).max(256).optional(),
    decision_threshold: z.number().min(0).max(1).optional(),
    features: z.array(featureSchema).max(1000).refine(unique, 'feature names must be unique').optional(),
    tags: z.array(tagSchema).max(maxTags).refine(unique, 'tag names must be unique').optional(),
  })
  .meta({ id: 'ModelBody' });
export type ModelBody = z.infer<typeof modelBody>;

/** `model` is the slug; `features` holds the declared or inferred schema. */
export const modelSchema = z
  .object({
    model: z.string(),
    display_name: z.string(),
    task: z.enum(tasks),
    positive_label: z.string().nullable(),
    decision_threshold: z.number().nullable(),
    features: z.array(featureSchema),
    tags: z.array(tagSchema),
    versions: z.array(z.string()),
    has_reference: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Model' });
export type Model = z.infer<typeof modelSchema>;
