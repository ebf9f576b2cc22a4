import { audiences, explanationAnswer, Problem } from '@plumbline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { explainEvent } from './explain-event.ts';

export const explanationRoutes =
  ({ db }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/models/:model/events/:prediction_id/explanation',
      {
        config: { scope: 'read' },
        schema: {
          tags: ['explanations'],
          summary: 'What moved one score, in words for an audience',
          params: modelParams.extend({ prediction_id: z.string() }),
          querystring: z.object({ audience: z.enum(audiences).default('data_scientist') }),
          response: { 200: explanationAnswer },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const id = request.params.prediction_id;
        const event = id.includes('\u0000') ? null : await db.events.find(model.id, id);
        if (!event) throw new Problem('unknown-event');
        return explainEvent(event, model, request.query.audience);
      },
    );
  };
