import { z } from 'zod';
import { rejectedRow } from './event.ts';
import { mappingRules } from './mapping-rule.ts';
import { pageQuery } from './query.ts';

/** `waiting` rows can be replayed or discarded; the other two are settled. */
export const quarantineStatuses = ['waiting', 'replayed', 'discarded'] as const;
export type QuarantineStatus = (typeof quarantineStatuses)[number];

const rowKinds = ['events', 'actuals'] as const;

/** How long and how many rejected rows of a model are kept, settled ones included; the newest stay. */
export const quarantineRetention = { days: 30, rows: 100_000 } as const;

/** Rows one replay request works on; `remaining` tells how many are left. */
export const rowsOfReplay = 10_000;

/** Rows that still fail are listed up to this many in one answer. */
export const listedStillRejected = 1000;

const rowId = z.string().regex(/^\d{1,18}$/, 'expected the id of a quarantined row');

/** `body` is the row as posted, as JSON text; a string of JSON when it was no row, was cut for its size, or reading it would change it. */
export const quarantinedRow = z
  .object({
    id: z.string(),
    batch_id: z.string(),
    kind: z.enum(rowKinds),
    index: z.number().int(),
    prediction_id: z.string().nullable(),
    code: z.string(),
    pointer: z.string(),
    /** The pointer without the row's index: what rows are grouped by. */
    field: z.string(),
    detail: z.string(),
    body: z.string(),
    /** False when only a text of the row is kept. */
    replayable: z.boolean(),
    status: z.enum(quarantineStatuses),
    received_at: z.string(),
    settled_at: z.string().nullable(),
  })
  .meta({ id: 'QuarantinedRow' });
export type QuarantinedRowAnswer = z.infer<typeof quarantinedRow>;

export const quarantineGroup = z
  .object({
    code: z.string(),
    field: z.string(),
    kind: z.enum(rowKinds),
    n: z.number().int(),
    first_at: z.string(),
    last_at: z.string(),
    /** The detail of the newest row. */
    example: z.string(),
  })
  .meta({ id: 'QuarantineGroup' });
export type QuarantineGroup = z.infer<typeof quarantineGroup>;

/** `summary` counts all rows the query selects, whatever the page. */
export const quarantineAnswer = z
  .object({
    data: z.array(quarantinedRow),
    next_cursor: z.string().nullable(),
    summary: z.array(quarantineGroup),
  })
  .meta({ id: 'QuarantineAnswer' });
export type QuarantineAnswer = z.infer<typeof quarantineAnswer>;

const code = z
  .string()
  .regex(/^[a-z_]{1,100}$/, 'expected the code of a fault')
  .optional();
const field = z
  .string()
  .max(2000)
  .refine((text) => text.isWellFormed() && !text.includes('\u0000'), 'not a JSON pointer')
  .optional();

export const quarantineQuery = pageQuery.extend({
  code,
  field,
  kind: z.enum(rowKinds).optional(),
  status: z.enum(quarantineStatuses).optional(),
});

const selection = {
  ids: z.array(rowId).min(1).max(rowsOfReplay).optional(),
  code,
  field,
  kind: z.enum(rowKinds).optional(),
  all: z.literal(true).optional(),
};

const namesRows = (body: { ids?: unknown; code?: unknown; all?: unknown }) =>
  [body.ids, body.code, body.all].filter((part) => part !== undefined).length === 1;
const oneOf = 'expected exactly one of ids, code and all';

/** `field` and `kind` narrow a code. Settled rows are passed over, so that asking twice changes nothing. */
export const discardBody = z.strictObject(selection).refine(namesRows, oneOf).meta({ id: 'DiscardBody' });
export type DiscardBody = z.infer<typeof discardBody>;

/** `mapping` is applied after the model's own rules, to this replay only. `cursor` goes on where an answer stopped. */
export const replayBody = z
  .strictObject({ ...selection, mapping: mappingRules.optional(), cursor: z.string().max(200).optional() })
  .refine(namesRows, oneOf)
  .meta({ id: 'ReplayBody' });
export type ReplayBody = z.infer<typeof replayBody>;

export const replayAnswer = z
  .object({
    /** Rows stored now. */
    replayed: z.number().int(),
    /** Rows that were stored before with equal content; settled as well. */
    duplicates: z.number().int(),
    /** Rows that stay, with their present fault; at most 1,000 are listed. */
    still_rejected: z.array(rejectedRow.extend({ id: z.string() })),
    still_rejected_total: z.number().int(),
    /** Rows of the selection this request did not get to. */
    remaining: z.number().int(),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'ReplayAnswer' });
export type ReplayAnswer = z.infer<typeof replayAnswer>;

export const discardAnswer = z.object({ discarded: z.number().int() }).meta({ id: 'DiscardAnswer' });
