import { metricInfo, problems } from '@plumbline/contracts';
import { catalogue } from '@plumbline/metrics';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { found } from '../../find-model.ts';
import { listOf } from '../../list-of.ts';
import { pageOf, shortListQuery } from '../../page.ts';

export const catalogueRoutes = (): FastifyPluginAsyncZod => async (app) => {
  app.get(
    '/v1/metrics',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['metrics'],
        summary: 'Every metric there is',
        querystring: shortListQuery,
        response: { 200: listOf(metricInfo) },
      },
    },
    async ({ query }) =>
      pageOf(
        catalogue(),
        query,
        (info) => info,
        ({ metric }) => metric,
      ),
  );

  app.get(
    '/problems/:slug',
    {
      config: { scope: 'public' },
      schema: {
        tags: ['operations'],
        summary: 'What a problem type means',
        params: z.object({ slug: z.string() }),
        response: { 200: z.object({ slug: z.string(), status: z.number(), title: z.string() }) },
      },
    },
    async ({ params }) => {
      const entry = found(Object.entries(problems).find(([slug]) => slug === params.slug));
      return { slug: entry[0], ...entry[1] };
    },
  );
};
