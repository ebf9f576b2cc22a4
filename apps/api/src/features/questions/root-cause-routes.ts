import {
  discoverSlicesAnswer,
  discoverSlicesBody,
  explainChangeAnswer,
  explainChangeBody,
  Problem,
} from '@plumbline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { deepBody } from './deep-body.ts';
import { discoverSlices } from './discover-slices.ts';
import { changeOf } from './explain-change.ts';

const tags = ['questions'];
const config = { scope: 'read' as const };

/** Work that ends because its asker went away is no failure of ours. */
async function whileWanted<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await work(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Problem('request-timeout', { detail: 'Nobody waits for this answer any more.', cause: error });
  }
}

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
      async (request) => {
        const model = await findModel(deps.db, request);
        return whileWanted(request.signal, (signal) => discoverSlices(deps, model, request.body, signal));
      },
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
      async (request) => {
        const model = await findModel(deps.db, request);
        return whileWanted(request.signal, (signal) => changeOf(deps, model, request.body, signal));
      },
    );
  };
