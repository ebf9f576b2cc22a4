import { z } from 'zod';

const severity = z.enum(['warning', 'critical']);
const column = z.string().min(1).max(300).describe('The column as answers name it.');
const ofModel = z.null().default(null);
const mostly = z
  .number()
  .gt(0)
  .max(1)
  .describe('Share of rows that must keep to it: 0.99 allows one row in a hundred not to.');
const bound = z.number().nullable();

const isOrdered = ({ min, max }: { min: number | null; max: number | null }) =>
  min === null || max === null || min <= max;
const ordered = 'min cannot exceed max';

const base = {
  severity: severity.default('warning'),
  enabled: z.boolean().default(true),
};

const rowsOfDay = z
  .strictObject({ min: z.number().min(0), max: z.number().min(0) })
  .refine(isOrdered, ordered)
  .describe('Rows of one day.');

/** What is expected of the data of a model, one rule for a column (or the model) and kind. */
const forms = [
  z.strictObject({
    ...base,
    kind: z.literal('present').describe('Rows have a value of the column.'),
    column,
    parameters: z.strictObject({ mostly }),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('type').describe('Received rows are not refused for the type of the feature.'),
    column,
    parameters: z.strictObject({ mostly }),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('range').describe('Values lie in [min, max]; an open end is null.'),
    column,
    parameters: z.strictObject({ min: bound, max: bound, mostly }).refine(isOrdered, ordered),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('known_values').describe('Values are ones that the reference has, or one of `also`.'),
    column,
    parameters: z.strictObject({ also: z.array(z.string().max(4096)).max(1000), mostly }),
  }),
  z.strictObject({
    ...base,
    kind: z
      .literal('distinct_values')
      .describe('The window has at least min and at most max different values.'),
    column,
    parameters: z
      .strictObject({ min: z.number().int().min(0).nullable(), max: z.number().int().min(0).nullable() })
      .refine(isOrdered, ordered),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('varied').describe('The most common value has at most this share of the values.'),
    column,
    parameters: z.strictObject({ max_share: z.number().gt(0).max(1) }),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('mean').describe('The mean of the values lies in [min, max].'),
    column,
    parameters: z.strictObject({ min: bound, max: bound }).refine(isOrdered, ordered),
  }),
  z.strictObject({
    ...base,
    kind: z
      .literal('columns')
      .describe('The rows have values of these features, and the model of no others.'),
    column: ofModel,
    parameters: z.strictObject({ names: z.array(z.string().max(300)).max(1000) }),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('volume').describe('Rows of each whole UTC day, by its weekday, Monday first.'),
    column: ofModel,
    parameters: z.strictObject({ by_weekday: z.array(rowsOfDay).length(7) }),
  }),
  z.strictObject({
    ...base,
    kind: z
      .literal('freshness')
      .describe('At the end of the window, or now when that is earlier, the newest row is not older.'),
    column: ofModel,
    parameters: z.strictObject({ max_hours: z.number().positive() }),
  }),
] as const;

export const expectationSchema = z.discriminatedUnion('kind', forms).meta({ id: 'Expectation' });
export type Expectation = z.infer<typeof expectationSchema>;
export type ExpectationKind = Expectation['kind'];

/** What an expectation is known by: a suite has one of a kind for a column. */
export const expectationKey = ({ kind, column }: Pick<Expectation, 'kind' | 'column'>): string =>
  JSON.stringify([kind, column]);

/** More than five for each of 1,000 features. */
const maxExpectations = 8000;

export const expectationsBody = z
  .strictObject({
    based_on: z
      .number()
      .int()
      .min(0)
      .describe('The version that was edited; 0 for the first. Another one in between answers 409.'),
    summary: z.string().max(500).nullish().describe('Why.'),
    expectations: z
      .array(expectationSchema)
      .max(maxExpectations)
      .refine(
        (list) => new Set(list.map(expectationKey)).size === list.length,
        'a column can have one expectation of a kind',
      ),
  })
  .meta({ id: 'ExpectationsBody' });

/** `edited` = not as the reference of that time proposed it. */
const listed = z.object({ expectation: expectationSchema, source: z.enum(['generated', 'edited']) });
export type ListedExpectation = z.infer<typeof listed>;

export const expectationChange = z.object({
  change: z.enum(['added', 'changed', 'removed']),
  before: expectationSchema.nullable(),
  after: expectationSchema.nullable(),
});
export type ExpectationChange = z.infer<typeof expectationChange>;

const version = {
  version: z.number().int(),
  created_at: z.string(),
  created_by: z.string(),
  summary: z.string().nullable(),
};

export const expectationSuite = z
  .object({ ...version, expectations: z.array(listed) })
  .meta({ id: 'ExpectationSuite' });
export type ExpectationSuite = z.infer<typeof expectationSuite>;

export const expectationsAnswer = z
  .object({
    /** The newest version; null while none was accepted. */
    current: expectationSuite.nullable(),
    /** What the reference suggests; null without one. */
    proposal: z
      .object({ n_reference: z.number().int(), expectations: z.array(expectationSchema) })
      .nullable(),
    /** From the current version (nothing, without one) to the proposal. */
    changes: z.array(expectationChange),
  })
  .meta({ id: 'ExpectationsAnswer' });
export type ExpectationsAnswer = z.infer<typeof expectationsAnswer>;

/** One version in the list of all, newest first. */
export const expectationVersion = z
  .object({
    ...version,
    expectations: z.number().int(),
    /** From the version before. */
    changes: z.array(expectationChange),
  })
  .meta({ id: 'ExpectationVersion' });

/**
 * Why a result is `unknown`.
 * - `no_rows`, `too_few_rows`: there is nothing, or too little, to judge.
 * - `not_certain`: the window may or may not keep to it: by chance, or because the bins do not tell.
 * - `not_known`: the window, or its selection, does not have what it is judged by.
 */
export const expectationReasons = ['no_rows', 'too_few_rows', 'not_certain', 'not_known'] as const;
export type ExpectationReason = (typeof expectationReasons)[number];

export const expectationResult = z
  .object({
    kind: z.string(),
    column: z.string().nullable(),
    severity,
    status: z.enum(['met', 'broken', 'unknown', 'off']),
    reason: z.enum(expectationReasons).nullable(),
    /** Rows (days, columns) that were looked at. */
    element_count: z.number().int(),
    /** Of these, those that do not keep to it, at least and at most; null for a number of the whole window. */
    unexpected_count: z.number().int().nullable(),
    unexpected_at_most: z.number().int().nullable(),
    unexpected_percent: z.number().nullable(),
    /** The number of the whole window: a mean, distinct values, hours. */
    observed: z.number().nullable(),
    /** Some of what was unexpected; never values of a sensitive column. */
    examples: z.array(z.object({ value: z.string(), count: z.number().int() })),
  })
  .meta({ id: 'ExpectationResult' });
export type ExpectationResult = z.infer<typeof expectationResult>;

/** The expectations of a window: of the newest version, or, as `version` null, of what the reference suggests. */
export const expectationReport = z
  .object({
    version: z.number().int().nullable(),
    met: z.number().int(),
    broken: z.number().int(),
    unknown: z.number().int(),
    results: z.array(expectationResult),
  })
  .meta({ id: 'ExpectationReport' });
export type ExpectationReport = z.infer<typeof expectationReport>;
