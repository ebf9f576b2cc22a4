import {
  discoverSlicesAnswer,
  discoverSlicesBody,
  explainChangeAnswer,
  explainChangeBody,
} from '@plumbline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { deepBody } from './deep-body.ts';
import { discoverSlices } from './discover-slices.ts';
import { changeOf } from './explain-change.ts';

const tags = ['questions'];
const config = { scope: 'read' as const };

export const rootCauseRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/models/:model/slices/discover',
      {
        config,
        schema: {
          tags,
          summary: 'The slices in which predictions are worst',
          description:
            'Searches one half of the labelled events for conjunctions of up to three predicates with a high loss, ' +
            'and says of each whether it is worse in the other half, too.',
          params: modelParams,
          body: deepBody(discoverSlicesBody),
          response: { 200: discoverSlicesAnswer },
        },
      },
      async (request) =>
        discoverSlices(deps, await findModel(deps.db, request), request.body, request.signal),
    );

    app.post(
      '/v1/models/:model/explain-change',
      {
        config,
        schema: {
          tags,
          summary: 'What each segment contributes to the change of a metric',
          description:
            'Contributions of the segments of every dimension that add up to the change between two windows. ' +
            'They say where the change is found, not what caused it.',
          params: modelParams,
          body: deepBody(explainChangeBody),
          response: { 200: explainChangeAnswer },
        },
      },
      async (request) => changeOf(deps, await findModel(deps.db, request), request.body, request.signal),
    );
  };
