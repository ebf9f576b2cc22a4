import { importPreview, importQuery, importSchema, Problem, pageQuery } from '@plumbline/contracts';
import { createNegativeLabels } from '@plumbline/intake';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { drainBody } from '../../drain-body.ts';
import { findModel, found, modelParams } from '../../find-model.ts';
import { listOf } from '../../list-of.ts';
import { decodeCursor, toPage } from '../../page.ts';
import { streamedBody } from '../../plugins/streamed-body.ts';
import { previewImport } from './preview-import.ts';
import { receiveImport } from './receive-import.ts';
import { showImport } from './show-import.ts';

const tags = ['ingestion'];
const standardMaxBytes = 5 * 2 ** 30;
const importParams = modelParams.extend({ id: z.string() });

export const importRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, queue, config, logger } = deps;
    await app.register(streamedBody);
    const labels = createNegativeLabels(db);
    const limits = {
      maxBytes: config.importMaxBytes ?? standardMaxBytes,
      isStorageLow: () => app.pressure.reasons().includes('storage-low'),
    };

    app.post(
      '/v1/models/:model/imports',
      {
        config: { scope: 'ingest' },
        schema: {
          tags,
          summary: 'Upload a file whose rows are taken in in the background',
          description:
            'CSV and NDJSON may come with `Content-Encoding: gzip`. The answer 202 is sent when the file is safe; ' +
            'its rows follow, and `GET` on the Location tells how far they are.',
          params: modelParams,
          querystring: importQuery,
          consumes: ['text/csv', 'application/x-ndjson', 'application/vnd.apache.parquet'],
          body: z.unknown().describe('The file'),
          response: { 200: importPreview, 202: importSchema },
        },
      },
      async (request, reply) => {
        const model = await findModel(db, request);
        const asked = { model, query: request.query };
        if (request.query.dry_run === 'true') {
          const preview = await previewImport({ ...deps, labels }, request, asked, limits);
          await drainBody(request.raw);
          if (!request.raw.complete) reply.header('connection', 'close');
          return reply.code(200).send(preview);
        }
        const record = await receiveImport(deps, request, asked, limits);
        queue.enqueue('import', { modelId: model.id, importId: record.id }).catch((error: unknown) => {
          logger.warn({ err: error, importId: record.id }, 'an import was not enqueued; the sweep finds it');
        });
        return reply
          .code(202)
          .header('location', `/v1/models/${model.slug}/imports/${record.id}`)
          .send(showImport(record));
      },
    );

    app.get(
      '/v1/models/:model/imports',
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'Imports, newest first',
          params: modelParams,
          querystring: pageQuery,
          response: { 200: listOf(importSchema) },
        },
      },
      async (request) => {
        const { limit, cursor } = request.query;
        const model = await findModel(db, request);
        const at = cursor === undefined ? null : decodeCursor(cursor, { at: 'number', id: 'string' });
        const before = at === null ? {} : { before: { createdMs: at.at, id: at.id } };
        const rows = await db.imports.list(model.id, { limit: limit + 1, ...before });
        return toPage(rows, limit, showImport, (row) => ({ at: row.createdAt.getTime(), id: row.id }));
      },
    );

    app.get(
      '/v1/models/:model/imports/:id',
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'One import and how far it is',
          params: importParams,
          response: { 200: importSchema },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        return showImport(found(await db.imports.find(model.id, request.params.id)));
      },
    );

    app.post(
      '/v1/models/:model/imports/:id/cancel',
      {
        config: { scope: 'ingest' },
        schema: {
          tags,
          summary: 'Stop an import at its next batch; rows that are stored stay',
          params: importParams,
          response: { 200: importSchema },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const record = found(await db.imports.cancel(model.id, request.params.id));
        if (record.status === 'done' || record.status === 'failed') {
          throw new Problem('conflict', { detail: `This import is ${record.status}.` });
        }
        return showImport(record);
      },
    );
  };
