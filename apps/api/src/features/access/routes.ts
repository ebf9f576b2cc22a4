import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../../deps.ts';
import type { Sessions } from '../../sessions.ts';
import { keyRoutes } from './key-routes.ts';
import { sessionRoutes } from './session-routes.ts';

export const accessRoutes =
  (deps: Deps, sessions: Sessions): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(keyRoutes(deps));
    await app.register(sessionRoutes(deps, sessions));
  };
