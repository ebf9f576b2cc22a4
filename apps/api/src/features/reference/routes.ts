import { environments, eventsBody, ingestAnswer, referenceAnswer } from '@plumbline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { streamedBody } from '../../plugins/streamed-body.ts';
import { createRefresher } from '../../refresher.ts';
import { receiveReference } from './receive-reference.ts';
import { showReference } from './show-reference.ts';

const answer = ingestAnswer.extend({
  reference_id: z.string(),
  /** Only when more rows were rejected than are listed. */
  rejected_total: z.number().int().optional(),
});

export const referenceRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(streamedBody);
    const refresh = createRefresher(deps);

    app.get(
      '/v1/models/:model/reference',
      {
        config: { scope: 'read' },
        schema: {
          tags: ['ingestion'],
          summary: 'What the model is compared with, and how far its history is recomputed on that',
          params: modelParams,
          response: { 200: referenceAnswer },
        },
      },
      async (request) => {
        const { id } = await findModel(deps.db, request);
        const binSet = await deps.db.profiles.binSet(id);
        return showReference(binSet, await deps.db.profiles.recomputation(id));
      },
    );

    app.post(
      '/v1/models/:model/reference',
      {
        config: { scope: 'ingest' },
        schema: {
          tags: ['ingestion'],
          summary: 'Set what the model is compared with',
          params: modelParams,
          querystring: z.object({
            model_version: z.string().optional(),
            environment: z.enum(environments).optional(),
            map: z
              .string()
              .optional()
              .describe(
                'CSV and Parquet: JSON of column → event field, features.<name>, tags.<name>, shap_values.<name>, ' +
                  'prediction_scores.<class> or null',
              ),
          }),
          consumes: [
            'application/json',
            'application/x-ndjson',
            'text/csv',
            'application/vnd.apache.parquet',
          ],
          body: z.union([
            eventsBody,
            z.object({ from: z.string(), to: z.string() }),
            z.object({ trailing_days: z.number() }),
          ]),
          response: { 202: answer },
        },
        validatorCompiler: () => (value: unknown) => ({ value }),
      },
      async (request, reply) => {
        const model = await findModel(deps.db, request);
        const body = await receiveReference(deps, request, model);
        refresh(model.id);
        return reply.code(202).send(body);
      },
    );
  };
