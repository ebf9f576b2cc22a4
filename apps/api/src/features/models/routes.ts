import { modelBody, modelSchema, modelSlug, Problem } from '@plumbline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { listOf } from '../../list-of.ts';
import { pageOf, shortListQuery } from '../../page.ts';
import { accessOf } from '../../plugins/auth.ts';
import { showModel } from './show-model.ts';

const tags = ['models'];

export const modelRoutes =
  ({ db, columnar, logger }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.put(
      '/v1/models/:model',
      {
        config: { scope: 'admin' },
        schema: {
          tags,
          summary: 'Create or update a model',
          params: modelParams,
          body: modelBody,
          response: { 200: modelSchema, 201: modelSchema },
        },
      },
      async (request, reply) => {
        const slug = modelSlug.safeParse(request.params.model);
        if (!slug.success) {
          const detail = slug.error.issues[0]?.message ?? 'not a model name';
          const errors = [{ pointer: 'model', code: 'bad_slug', detail }];
          throw new Problem('validation-failed', { detail, errors });
        }
        const {
          display_name,
          positive_label,
          decision_threshold,
          task,
          features,
          tags: named,
        } = request.body;
        const { model, created } = await db.models.put(accessOf(request).projectId, {
          slug: slug.data,
          task,
          ...(display_name === undefined ? {} : { displayName: display_name }),
          ...(positive_label === undefined ? {} : { positiveLabel: positive_label }),
          ...(decision_threshold === undefined ? {} : { decisionThreshold: decision_threshold }),
          ...(features === undefined ? {} : { features }),
          ...(named === undefined ? {} : { tags: named }),
        });
        return reply.code(created ? 201 : 200).send(showModel(model));
      },
    );

    app.get(
      '/v1/models',
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'List models',
          querystring: shortListQuery,
          response: { 200: listOf(modelSchema) },
        },
      },
      async (request) => {
        const models = await db.models.list(accessOf(request).projectId);
        return pageOf(models, request.query, showModel, (model) => model.slug);
      },
    );

    app.get(
      '/v1/models/:model',
      {
        config: { scope: 'read' },
        schema: { tags, summary: 'One model', params: modelParams, response: { 200: modelSchema } },
      },
      async (request) => showModel(await findModel(db, request)),
    );

    app.delete(
      '/v1/models/:model',
      {
        config: { scope: 'admin' },
        schema: {
          tags,
          summary: 'Delete a model and everything it holds',
          params: modelParams,
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        const model = await findModel(db, request);
        const parts = await db.parts.live(model.id);
        await db.models.remove(model.projectId, model.slug);
        void columnar
          .remove(parts.map((part) => part.path))
          .catch((error: unknown) => logger.warn({ err: error }, 'files of a deleted model stay behind'));
        return reply.code(204).send();
      },
    );
  };
