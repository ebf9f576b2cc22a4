import type { Readable } from 'node:stream';
import { Problem } from '@plumbline/contracts';
import { type ModelRecord, StaleModelError, type StoreResult } from '@plumbline/db';
import {
  type Intake,
  type IntakeDeps,
  newBatchId,
  type PostedRow,
  type RowKind,
  readNdjsonRows,
  storeChunks,
  storeRows,
  tryRows,
} from '@plumbline/intake';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findModel, recallModel } from '../../find-model.ts';
import { takeChunks, takeRows } from '../../plugins/rate-limit.ts';
import { bodyBytes, mediaType } from '../../read-body.ts';
import { bodyHash, isNdjson, readJsonRows, rowDefaults } from '../../read-rows.ts';
import { idempotencyKey, lookUpKey } from './idempotency.ts';
import { spool } from './spool.ts';

const chunkRows = 2000;

type Answered = Pick<Extract<StoreResult, { kind: 'stored' }>, 'status' | 'body'> & { replayed?: boolean };

function answered(result: StoreResult): Answered {
  if (result.kind === 'key_reused') throw new Problem('idempotency-key-reuse');
  if (result.kind === 'key_in_progress')
    throw new Problem('idempotency-in-progress', { retryAfterSeconds: 1 });
  return { status: result.status, body: result.body, replayed: result.kind === 'replayed' };
}

async function receiveJson(
  deps: IntakeDeps,
  request: FastifyRequest,
  base: { model: ModelRecord; kind: RowKind },
  dryRun: boolean,
): Promise<Answered> {
  const key = idempotencyKey(request);
  const { rows, envelope, bytes } = await readJsonRows(request, base.kind);
  takeRows(request, rows.length);
  const defaults = rowDefaults({ ...(request.query as object), ...envelope });
  const intake: Intake = { ...base, defaults, batchId: newBatchId() };
  if (dryRun) return tryRows(deps, intake, rows);
  if (key !== null) {
    intake.idempotency = { key, bodyHash: bodyHash(base.kind, request).update(bytes).digest() };
  }
  const ifRevision = base.model.revision;
  const stored = storeRows(deps, { ...intake, ifRevision }, rows).catch(async (error) => {
    if (!(error instanceof StaleModelError)) throw error;
    return storeRows(deps, { ...intake, model: await findModel(deps.db, request) }, rows);
  });
  return answered(await stored);
}

const readChunks = (request: FastifyRequest, body: Readable) =>
  takeChunks(request, readNdjsonRows(bodyBytes(body, request.headers), chunkRows));

async function receiveNdjson(
  deps: IntakeDeps & { spoolDir: string },
  request: FastifyRequest,
  base: { model: ModelRecord; kind: RowKind },
  dryRun: boolean,
): Promise<Answered> {
  const defaults = rowDefaults(request.query as Record<string, unknown>);
  const intake: Intake = { ...base, defaults, batchId: newBatchId() };
  const key = idempotencyKey(request);
  if (dryRun) {
    const rows: PostedRow[] = [];
    for await (const chunk of readChunks(request, request.raw)) rows.push(...chunk);
    return notEmpty(await tryRows(deps, intake, rows), rows.length);
  }
  if (key === null) {
    const result = await storeChunks(deps, intake, readChunks(request, request.raw));
    return notEmpty(result, result.rows);
  }
  const hash = bodyHash(base.kind, request);
  const file = await spool(deps.spoolDir, request.raw, hash);
  try {
    const idempotency = { key, bodyHash: hash.digest() };
    const known = await lookUpKey(deps.db, base.model.id, intake.batchId, idempotency);
    if (known) return answered(known);
    const result = await storeChunks(deps, intake, readChunks(request, file.open()));
    notEmpty(result, result.rows);
    // Its rows are stored: from here on the key stands for this answer.
    const kept = { events: [], actuals: [], quarantine: [], idempotency, answer: () => result };
    const { model, kind } = base;
    return answered(
      await deps.db.events.store({ modelId: model.id, batchId: intake.batchId, kind, ...kept }),
    );
  } finally {
    await file.remove();
  }
}

function notEmpty<T>(result: T, rows: number): T {
  if (rows > 0) return result;
  const detail = 'the body holds no rows';
  throw new Problem('validation-failed', { detail, errors: [{ pointer: '', code: 'batch_empty', detail }] });
}

function isDryRun(request: FastifyRequest): boolean {
  const { dry_run: value } = request.query as { dry_run?: unknown };
  if (value === undefined || value === 'false' || value === '0') return false;
  if (value === 'true' || value === '1' || value === '') return true;
  const errors = [{ pointer: 'dry_run', code: 'bad_query', detail: 'expected true or false' }];
  throw new Problem('bad-query', { detail: 'dry_run: expected true or false', errors });
}

/** Takes a body of events or actuals in and answers: 202 once it is durable, 200 for a dry run, 422 when no row is good. */
export async function receiveRows(
  deps: IntakeDeps & { spoolDir: string },
  request: FastifyRequest,
  reply: FastifyReply,
  kind: RowKind,
): Promise<FastifyReply> {
  const media = mediaType(request);
  const dryRun = isDryRun(request);
  const seek = dryRun || isNdjson(media) ? findModel : recallModel;
  const base = { model: await seek(deps.db, request), kind };
  if (media.type !== 'application/json' && !isNdjson(media)) throw new Problem('unsupported-media-type');
  const receive = isNdjson(media) ? receiveNdjson : receiveJson;
  const { status, body, replayed } = await receive(deps, request, base, dryRun);
  if (replayed) reply.header('idempotent-replayed', 'true');
  if (status === 422) {
    throw new Problem('all-items-rejected', {
      detail: `None of ${body.rejected.length} rows was accepted.`,
      extensions: body,
    });
  }
  return reply.code(dryRun ? 200 : status).send(body);
}
