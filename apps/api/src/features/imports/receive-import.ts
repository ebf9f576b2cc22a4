import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { type ImportFormat, Problem } from '@plumbline/contracts';
import type { ImportRecord, ModelRecord } from '@plumbline/db';
import { importFile, importsDirectory } from '@plumbline/intake';
import type { FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { bodyBytes } from '../../read-body.ts';
import { countTableRows, firstTextRows } from './first-rows.ts';
import { type SpoolLimits, spoolUpload } from './spool-upload.ts';
import { formatOf, type ImportQuery, importOptions, tableOptions } from './upload.ts';

/** What can be told of the file at once: that it is one, has rows, and fits the mapping; of Parquet how many rows. */
async function checkFile(
  deps: Pick<Deps, 'columnar'>,
  path: string,
  { model, query, format }: { model: ModelRecord; query: ImportQuery; format: ImportFormat },
): Promise<number | null> {
  const options = tableOptions(model, query, { chunkRows: 1 });
  const isParquet = format === 'parquet';
  const rows = isParquet
    ? await countTableRows(deps, path, options)
    : (await firstTextRows(format, createReadStream(path), options)).length;
  if (rows > 0) return isParquet ? rows : null;
  const detail = 'the file holds no rows';
  throw new Problem('validation-failed', { detail, errors: [{ pointer: '', code: 'batch_empty', detail }] });
}

/**
 * Puts the body on disk and stores that it is to be imported; both are durable once it returns. A failed commit leaves
 * the file to the sweep of orphans: the row may stand after all.
 */
export async function receiveImport(
  deps: Pick<Deps, 'db' | 'columnar' | 'config'>,
  request: FastifyRequest,
  { model, query }: { model: ModelRecord; query: ImportQuery },
  limits: SpoolLimits,
): Promise<ImportRecord> {
  const format = formatOf(request);
  const options = importOptions(query, format);
  const directory = importsDirectory(deps.config.dataDir);
  await mkdir(directory, { recursive: true });
  const id = randomUUID();
  const path = importFile(directory, id);
  const bytes = await spoolUpload(path, bodyBytes(request.raw, request.headers), limits);
  let rowsTotal: number | null;
  try {
    rowsTotal = await checkFile(deps, path, { model, query, format });
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  const { kind, name = null } = query;
  return deps.db.imports.create({ modelId: model.id, id, kind, format, name, options, bytes, rowsTotal });
}
