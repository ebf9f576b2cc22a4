import {
  environments,
  multivariateAnswer,
  multivariateBody,
  multivariateWindow,
  Problem,
} from '@plumbline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { findModel, found, modelParams } from '../../find-model.ts';
import { queryRange } from '../../parse-selection.ts';
import { timeText } from '../../time-text.ts';
import { showWindow } from './show-window.ts';

const tags = ['questions'];
const path = '/v1/models/:model/drift/multivariate';
const windowParams = modelParams.extend({ id: z.string() });

export const multivariateRoutes =
  ({ db, queue, logger }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      path,
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'Windows compared with the reference on all columns together',
          description:
            'Complete weeks and days are compared on their own, newest first; ask for others with POST. ' +
            'Windows that touch [from, to) are answered, newest first.',
          params: modelParams,
          querystring: z.object({
            from: z.string().optional(),
            to: z.string().optional(),
            environment: z.enum(environments).default('production'),
            days: z.enum(['only', 'none']).optional(),
            limit: z.coerce.number().int().min(1).max(500).default(100),
          }),
          response: { 200: multivariateAnswer },
        },
      },
      async (request) => {
        const { environment, days, limit } = request.query;
        const length = days === undefined ? {} : { isDay: days === 'only' };
        const range = queryRange(request.query);
        const model = await findModel(db, request);
        const { id, reference } = await db.profiles.binSet(model.id);
        const records = await db.multivariate.list(model.id, id, {
          ...range,
          ...length,
          environment,
          limit,
        });
        return {
          reference: reference && { rows: reference.rows, created_at: timeText(reference.createdAt) },
          windows: records.map(showWindow),
        };
      },
    );

    app.post(
      path,
      {
        config: { scope: 'admin' },
        schema: {
          tags,
          summary: 'Ask for a window to be compared, or compared again',
          params: modelParams,
          body: multivariateBody,
          response: { 202: multivariateWindow },
        },
      },
      async (request, reply) => {
        const { environment = 'production' } = request.body;
        const { fromMs = 0, toMs = 0 } = queryRange(request.body);
        const model = await findModel(db, request);
        const { id: binSetId, reference } = await db.profiles.binSet(model.id);
        if (!reference)
          throw new Problem('conflict', { detail: 'This model has no reference to compare with.' });
        const asked = { modelId: model.id, binSetId, environment, fromMs, toMs, source: 'request' as const };
        const record = found(await db.multivariate.request(asked));
        queue.enqueue('multivariate', { modelId: model.id }).catch((error: unknown) => {
          logger.warn({ err: error, windowId: record.id }, 'a window was not enqueued; the sweep finds it');
        });
        return reply
          .code(202)
          .header('location', `/v1/models/${model.slug}/drift/multivariate/${record.id}`)
          .send(showWindow(record));
      },
    );

    app.get(
      `${path}/:id`,
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'One window and how far its comparison is',
          params: windowParams,
          response: { 200: multivariateWindow },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        return showWindow(found(await db.multivariate.find(model.id, request.params.id)));
      },
    );

    app.post(
      `${path}/:id/cancel`,
      {
        config: { scope: 'admin' },
        schema: {
          tags,
          summary: 'Stop a comparison; what an earlier one found stays',
          params: windowParams,
          response: { 200: multivariateWindow },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const record = found(await db.multivariate.cancel(model.id, request.params.id));
        if (record.state === 'done' || record.state === 'failed')
          throw new Problem('conflict', { detail: `This comparison is ${record.state}.` });
        return showWindow(record);
      },
    );
  };
