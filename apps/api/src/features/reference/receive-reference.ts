import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toColumnarModel } from '@plumbline/columnar';
import { limits, Problem } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import {
  labelsIn,
  type PostedRow,
  readCsvRows,
  readNdjsonRows,
  ruleOf,
  setReference,
  type WrittenRows,
  writeReferenceRows,
} from '@plumbline/intake';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { queryTime, trailing } from '../../parse-selection.ts';
import { bodyBytes, bodyText, mediaType, parseJsonText, readBody } from '../../read-body.ts';
import { isNdjson, listed, rowDefaults } from '../../read-rows.ts';
import { readParquetRows } from './read-parquet-rows.ts';

const chunkRows = 2000;
const parquet = 'application/vnd.apache.parquet';

const time = z.union([z.string(), z.number()]);
const rangeBody = z.union([
  z.strictObject({ from: time, to: time }),
  z.strictObject({ trailing_days: z.number().positive().max(3660) }),
]);

export interface ReferenceAnswer extends Pick<WrittenRows, 'accepted' | 'duplicates' | 'rejected'> {
  batch_id: string;
  reference_id: string;
  rejected_total?: number;
}

function invalid(detail: string, pointer = ''): Problem {
  return new Problem('validation-failed', { detail, errors: [{ pointer, code: 'bad_reference', detail }] });
}

async function fromRows(
  deps: Deps,
  model: ModelRecord,
  chunks: AsyncIterable<PostedRow[]> | Iterable<PostedRow[]>,
  source: Record<string, unknown>,
): Promise<ReferenceAnswer> {
  const batchId = randomUUID();
  const directory = join(deps.config.dataDir, 'uploads');
  await mkdir(directory, { recursive: true });
  const path = join(directory, `${batchId}.ndjson`);
  try {
    const options = { rule: ruleOf(model, null), defaults: rowDefaults(source) };
    const learned = labelsIn(chunks, options.rule);
    const written = await writeReferenceRows(deps.db, model, path, learned, options);
    const { accepted, duplicates, rejected, rejectedTotal } = written;
    const answer = {
      batch_id: batchId,
      accepted,
      duplicates,
      rejected,
      ...(rejectedTotal > rejected.length ? { rejected_total: rejectedTotal } : {}),
    };
    if (accepted === 0) {
      if (rejectedTotal === 0) throw invalid('the reference holds no rows');
      throw new Problem('all-items-rejected', {
        detail: `None of ${rejectedTotal} rows was accepted.`,
        extensions: answer,
      });
    }
    const columnarModel = toColumnarModel(model);
    const parts = await deps.columnar.writeReference(columnarModel, path);
    const referenceId = await setReference(deps, { model, columnarModel }, parts, { source: 'upload' });
    return { ...answer, reference_id: referenceId };
  } finally {
    await rm(path, { force: true });
  }
}

async function fromRange(
  deps: Deps,
  model: ModelRecord,
  body: z.infer<typeof rangeBody>,
): Promise<ReferenceAnswer> {
  const range =
    'trailing_days' in body
      ? trailing(body.trailing_days, Date.now())
      : { fromMs: queryTime(String(body.from), 'from'), toMs: queryTime(String(body.to), 'to') };
  if (range.fromMs >= range.toMs) throw invalid('"from" must be before "to"', '/from');
  const parts = await deps.db.parts.live(model.id, { kinds: ['events', 'actuals'], ...range });
  const selection = { ...range, environment: 'production' as const };
  const columnarModel = toColumnarModel(model);
  const rows = parts.length === 0 ? 0 : await deps.columnar.count(columnarModel, parts, selection);
  if (rows === 0) throw invalid('there are no production events in this range');
  const copied = await deps.columnar.copyReference(columnarModel, parts, selection);
  const referenceId = await setReference(deps, { model, columnarModel }, copied, { source: 'range' });
  return { batch_id: randomUUID(), accepted: rows, duplicates: 0, rejected: [], reference_id: referenceId };
}

/** Takes a reference from the body's rows or from a range of production. Replaces the one before. */
export async function receiveReference(
  deps: Deps,
  request: FastifyRequest,
  model: ModelRecord,
): Promise<ReferenceAnswer> {
  const media = mediaType(request);
  const query = request.query as Record<string, unknown>;
  if (isNdjson(media)) {
    return fromRows(deps, model, readNdjsonRows(bodyBytes(request.raw, request.headers), chunkRows), query);
  }
  if (media.type === 'text/csv' || media.type === parquet) {
    const { map } = query as { map?: string };
    const options = { rowKind: 'events' as const, features: model.features, map, chunkRows };
    const rows =
      media.type === parquet
        ? readParquetRows(deps, request, options)
        : readCsvRows(bodyBytes(request.raw, request.headers), options);
    return fromRows(deps, model, rows, query);
  }
  if (media.type !== 'application/json') throw new Problem('unsupported-media-type');
  const text = bodyText(await readBody(request, limits.bodyBytes));
  const body = parseJsonText(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('expected an object');
  if ('from' in body || 'to' in body || 'trailing_days' in body) {
    const range = rangeBody.safeParse(body);
    if (!range.success) throw invalid('expected {"from", "to"} or {"trailing_days"}');
    return fromRange(deps, model, range.data);
  }
  const envelope = body as Record<string, unknown>;
  const rows = listed(envelope, 'events', text);
  const chunks: PostedRow[][] = [];
  for (let i = 0; i < rows.length; i += chunkRows) chunks.push(rows.slice(i, i + chunkRows));
  return fromRows(deps, model, chunks, { ...query, ...envelope });
}
