import { columnName, monitorBody, monitorPatch, monitorPreview, monitorSchema } from '@plumbline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { findModel, found, modelParams } from '../../find-model.ts';
import { listOf } from '../../list-of.ts';
import { pageOf, shortListQuery } from '../../page.ts';
import { checkChannels, checkRule } from './check-rule.ts';
import { previewMonitor } from './preview-monitor.ts';
import { showMonitor } from './show-monitor.ts';

const tags = ['monitors'];
const one = modelParams.extend({ id: z.string() });

export const monitorRoutes =
  ({ db, columnar, queue, logger }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    /** A new or changed rule is run over the past as soon as a worker is free. */
    const judge = (modelId: string) => {
      void queue.enqueue('judge', { modelId }).catch((error: unknown) => {
        logger.warn({ err: error, modelId }, 'judging was not enqueued; the next refresh does it');
      });
    };

    app.post(
      '/v1/models/:model/monitors',
      {
        config: { scope: 'admin' },
        schema: {
          tags,
          summary: 'Create a monitor',
          params: modelParams,
          body: monitorBody,
          response: { 201: monitorSchema },
        },
      },
      async (request, reply) => {
        const model = await findModel(db, request);
        const { body } = request;
        const key = checkRule(model, { ...body, column: body.column ?? null });
        await checkChannels(db, model.projectId, body.channels);
        const monitor = await db.monitors.create({
          modelId: model.id,
          name: body.name,
          metric: body.metric,
          columnKey: key,
          granularity: body.granularity,
          threshold: body.threshold,
          persistence: body.persistence,
          minN: body.min_n ?? null,
          channels: body.channels,
          enabled: body.enabled,
          createdBy: 'user',
        });
        judge(model.id);
        return reply.code(201).send(showMonitor(monitor, model.slug));
      },
    );

    app.post(
      '/v1/models/:model/monitors/preview',
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'What a monitor would have made of the past; stores nothing',
          params: modelParams,
          body: monitorBody,
          response: { 200: monitorPreview },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const { body } = request;
        const key = checkRule(model, { ...body, column: body.column ?? null });
        await checkChannels(db, model.projectId, body.channels);
        return previewMonitor({ db, columnar }, model, body, key);
      },
    );

    app.get(
      '/v1/models/:model/monitors',
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'Monitors of a model',
          params: modelParams,
          querystring: shortListQuery,
          response: { 200: listOf(monitorSchema) },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const monitors = await db.monitors.list(model.id);
        return pageOf(
          monitors,
          request.query,
          (monitor) => showMonitor(monitor, model.slug),
          ({ id }) => id,
        );
      },
    );

    app.get(
      '/v1/models/:model/monitors/:id',
      {
        config: { scope: 'read' },
        schema: { tags, summary: 'One monitor', params: one, response: { 200: monitorSchema } },
      },
      async (request) => {
        const model = await findModel(db, request);
        return showMonitor(found(await db.monitors.find(model.id, request.params.id)), model.slug);
      },
    );

    app.patch(
      '/v1/models/:model/monitors/:id',
      {
        config: { scope: 'admin' },
        schema: {
          tags,
          summary: 'Change a monitor; what is not sent stays',
          params: one,
          body: monitorPatch,
          response: { 200: monitorSchema },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const before = found(await db.monitors.find(model.id, request.params.id));
        const { metric, column, min_n, name, granularity, threshold, persistence, channels, enabled } =
          request.body;
        const oldColumn = before.columnKey === '' ? null : columnName(before.columnKey);
        const columnKey = checkRule(model, {
          metric: metric ?? before.metric,
          column: column === undefined ? oldColumn : column,
          granularity: granularity ?? before.granularity,
          threshold: threshold ?? before.threshold,
        });
        await checkChannels(db, model.projectId, channels ?? []);
        const change = {
          columnKey,
          ...(metric === undefined ? {} : { metric }),
          ...(name === undefined ? {} : { name }),
          ...(granularity === undefined ? {} : { granularity }),
          ...(threshold === undefined ? {} : { threshold }),
          ...(persistence === undefined ? {} : { persistence }),
          ...(min_n === undefined ? {} : { minN: min_n }),
          ...(channels === undefined ? {} : { channels }),
          ...(enabled === undefined ? {} : { enabled }),
        };
        const monitor = found(await db.monitors.update(model.id, before.id, change));
        judge(model.id);
        return showMonitor(monitor, model.slug);
      },
    );

    app.delete(
      '/v1/models/:model/monitors/:id',
      {
        config: { scope: 'admin' },
        schema: {
          tags,
          summary: 'Delete a monitor and its incidents',
          params: one,
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        const model = await findModel(db, request);
        found((await db.monitors.remove(model.id, request.params.id)) || null);
        return reply.code(204).send();
      },
    );
  };
