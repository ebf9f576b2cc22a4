import { z } from 'zod';
import { rejectedRow } from './event.ts';
import { environments } from './model.ts';

export const importKinds = ['events', 'actuals', 'reference'] as const;
export type ImportKind = (typeof importKinds)[number];

export const importFormats = ['csv', 'ndjson', 'parquet'] as const;
export type ImportFormat = (typeof importFormats)[number];

export const importStatuses = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type ImportStatus = (typeof importStatuses)[number];

const columnMap = z
  .string()
  .max(65_536)
  .describe(
    'CSV and Parquet: JSON of column → event field, features.<name>, tags.<name>, shap_values.<name>, ' +
      'prediction_scores.<class>, or null to leave it out. Without it a column goes by its own name.',
  );

const plainText = (characters: number) =>
  z
    .string()
    .max(characters)
    .refine((text) => text.isWellFormed() && !text.includes('\u0000'), 'no NUL or lone surrogates');

const flag = z.enum(['true', 'false']);

/** What is said of the rows of an uploaded file besides the file. */
export const importQuery = z.object({
  kind: z.enum(importKinds),
  map: columnMap.optional(),
  model_version: plainText(256).optional().describe('Of rows that name none'),
  environment: z.enum(environments).optional().describe('Of rows that name none'),
  assume_utc: flag
    .optional()
    .describe(
      'CSV and Parquet: times without an offset are UTC, as in 2001-02-01 06:30:00, and dates their midnight',
    ),
  name: plainText(200).optional().describe('Shown in lists, such as the name of the file'),
  dry_run: flag.optional().describe('Check the first 1,000 rows and store nothing'),
});

/** How the rows of an import are read; kept with it. */
export interface ImportOptions {
  map?: string;
  modelVersion?: string;
  environment?: (typeof environments)[number];
  assumeUtc: boolean;
}

const count = z.number().int();

export const importProblem = z.object({
  /** The slug of a problem type. */
  slug: z.string(),
  title: z.string(),
  detail: z.string(),
});
export type ImportProblem = z.infer<typeof importProblem>;

export const importSchema = z
  .object({
    id: z.string(),
    kind: z.enum(importKinds),
    format: z.enum(importFormats),
    name: z.string().nullable(),
    status: z.enum(importStatuses),
    /** Of the file without its gzip. */
    bytes: count,
    /** Null until it is known. */
    rows_total: count.nullable(),
    rows_done: count,
    /** Share of the file that is done, 0 to 1. */
    progress: z.number(),
    accepted: count,
    duplicates: count,
    rejected: count,
    /** The first ones; `GET …/quarantine` has all of them. */
    rejected_rows: z.array(rejectedRow),
    /** It stops at its next batch. */
    cancel_requested: z.boolean(),
    /** Why it failed. */
    problem: importProblem.nullable(),
    created_at: z.string(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
  })
  .meta({ id: 'Import' });
export type Import = z.infer<typeof importSchema>;

export const importPreview = z
  .object({
    kind: z.enum(importKinds),
    format: z.enum(importFormats),
    rows_checked: count,
    /** Whether the file holds more rows than were checked. */
    has_more: z.boolean(),
    accepted: count,
    duplicates: count,
    rejected: count,
    rejected_rows: z.array(rejectedRow),
    /** Where each column goes; null = left out. Empty for NDJSON. */
    columns: z.array(z.object({ column: z.string(), target: z.string().nullable() })),
    /** The first rows as they would be posted. */
    sample: z.array(z.unknown()),
  })
  .meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreview>;
