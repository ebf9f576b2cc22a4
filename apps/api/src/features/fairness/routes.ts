import { fairnessAnswer, fairnessQuery } from '@plumbline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { fairness } from './fairness.ts';

export const fairnessRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/models/:model/fairness',
      {
        config: { scope: 'read' },
        schema: {
          tags: ['questions'],
          summary: 'How groups of people, or of anything else, fare',
          description:
            'Groups by a feature or a tag, crossed when `attribute` is repeated up to three times. Numbers are cut into ' +
            'five ranges of the reference. Small groups are pooled; groups of a handful are hidden.',
          params: modelParams,
          querystring: fairnessQuery,
          response: { 200: fairnessAnswer },
        },
      },
      async (request) => fairness(deps, await findModel(deps.db, request), request.query),
    );
  };
