import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportPreview } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { importsDirectory, type NegativeLabels, newBatchId, tryRows } from '@plumbline/intake';
import type { FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { bodyBytes } from '../../read-body.ts';
import { firstTableRows, firstTextRows } from './first-rows.ts';
import { type SpoolLimits, spoolUpload } from './spool-upload.ts';
import { formatOf, type ImportQuery, importOptions, tableOptions } from './upload.ts';

const checkedRows = 1000;
const sampleRows = 5;
const listedRejections = 100;

/** Checks the first 1,000 rows of the body and tells what an import would make of them. Keeps and stores nothing. */
export async function previewImport(
  deps: Pick<Deps, 'db' | 'columnar' | 'config'> & { labels: NegativeLabels },
  request: FastifyRequest,
  { model, query }: { model: ModelRecord; query: ImportQuery },
  limits: SpoolLimits,
): Promise<ImportPreview> {
  const format = formatOf(request);
  const { modelVersion, environment } = importOptions(query, format);
  let columns: ImportPreview['columns'] = [];
  const options = tableOptions(model, query, {
    chunkRows: checkedRows + 1,
    onColumns: (found) => {
      columns = found;
    },
  });
  const body = bodyBytes(request.raw, request.headers);
  const read = async () => {
    if (format !== 'parquet') return firstTextRows(format, body, options);
    const directory = importsDirectory(deps.config.dataDir);
    await mkdir(directory, { recursive: true });
    const table = join(directory, `${randomUUID()}.preview`);
    try {
      await spoolUpload(table, body, limits);
      return await firstTableRows(deps, { table, scratch: `${table}.rows` }, options);
    } finally {
      await rm(table, { force: true });
    }
  };
  const rows = await read();
  const checked = rows.slice(0, checkedRows);
  const kind = query.kind === 'actuals' ? 'actuals' : 'events';
  const defaults = { modelVersion, environment };
  const intake = { model, kind, defaults, batchId: newBatchId() } as const;
  const { body: answer } = await tryRows({ ...deps, refresh: () => {} }, intake, checked);
  return {
    kind: query.kind,
    format,
    rows_checked: checked.length,
    has_more: rows.length > checked.length,
    accepted: answer.accepted,
    duplicates: answer.duplicates,
    rejected: answer.rejected.length,
    rejected_rows: answer.rejected.slice(0, listedRejections),
    columns,
    sample: checked.slice(0, sampleRows).flatMap((posted) => ('row' in posted ? [posted.row] : [])),
  };
}
