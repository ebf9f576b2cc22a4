import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';

const checkMs = 1000;

async function passes(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), checkMs);
  });
  const done = check().then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}

const readiness = z.object({
  status: z.string(),
  checks: z.record(z.string(), z.boolean()),
  /** Slugs of the problems that requests are refused with. */
  reasons: z.array(z.string()),
});

export const healthRoutes =
  ({ db, queue }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/healthz',
      { config: { scope: 'public' }, schema: { tags: ['operations'], summary: 'Whether the process lives' } },
      async () => ({ status: 'ok' }),
    );

    app.get(
      '/readyz',
      {
        config: { scope: 'public' },
        schema: {
          tags: ['operations'],
          summary: 'Whether database, migrations and queue can be used',
          response: { 200: readiness, 503: readiness },
        },
      },
      async (_request, reply) => {
        const [database, migrations, jobs] = await Promise.all([
          passes(() => db.ping()),
          passes(() => db.access.firstProject()),
          passes(() => queue.ping()),
        ]);
        const reasons = app.pressure.reasons();
        const ready = database && migrations && jobs && reasons.length === 0;
        const checks = { database, migrations, queue: jobs };
        const body = { status: ready ? 'ready' : 'not_ready', checks, reasons };
        return reply.code(ready ? 200 : 503).send(body);
      },
    );
  };
