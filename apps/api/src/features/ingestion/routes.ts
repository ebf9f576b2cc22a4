import { join } from 'node:path';
import { actualsBody, environments, eventsBody, ingestAnswer } from '@plumbline/contracts';
import { createNegativeLabels } from '@plumbline/intake';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { modelParams } from '../../find-model.ts';
import { streamedBody } from '../../plugins/streamed-body.ts';
import { createRefresher } from '../../refresher.ts';
import { receiveRows } from './receive-rows.ts';

const answer = ingestAnswer.extend({
  /** Only when more rows were rejected than are listed. */
  rejected_total: z.number().int().optional(),
});

const query = z.object({
  dry_run: z.enum(['true', 'false']).optional(),
  model_version: z.string().optional().describe('NDJSON: what the envelope would say'),
  environment: z.enum(environments).optional().describe('NDJSON: what the envelope would say'),
});

export const ingestionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(streamedBody);
    const intake = {
      db: deps.db,
      labels: createNegativeLabels(deps.db),
      refresh: createRefresher(deps),
      spoolDir: join(deps.config.dataDir, 'uploads'),
    };
    const documented = {
      tags: ['ingestion'],
      params: modelParams,
      querystring: query,
      consumes: ['application/json', 'application/x-ndjson'],
      response: { 200: answer, 202: answer },
    };

    app.post(
      '/v1/models/:model/events',
      {
        config: { scope: 'ingest' },
        schema: { ...documented, summary: 'Post predictions', body: eventsBody },
        // Rows are checked one by one by hand: a bad one must not fail the batch.
        validatorCompiler: () => (value: unknown) => ({ value }),
      },
      async (request, reply) => receiveRows(intake, request, reply, 'events'),
    );

    app.post(
      '/v1/models/:model/actuals',
      {
        config: { scope: 'ingest' },
        schema: { ...documented, summary: 'Post ground truth', body: actualsBody },
        validatorCompiler: () => (value: unknown) => ({ value }),
      },
      async (request, reply) => receiveRows(intake, request, reply, 'actuals'),
    );
  };
