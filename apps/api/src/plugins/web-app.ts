import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { sendProblem } from './problem-details.ts';
import { unrouted } from './routing.ts';

// Pages of the app: anything that takes HTML may ask for them, also curl, whose Accept names no type.
const pagePaths = /^\/($|sign-in$|setup$|models(\/|$)|incidents(\/|$)|settings(\/|$))/;
const ownPaths = /^\/(v1|docs|problems|healthz|readyz|metrics|assets)(\/|$)/;

/** The built files by their fixed names; no path is ever made from a URL. */
const builtFiles =
  (root: string): FastifyPluginAsync =>
  async (app) => {
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, scope: 'public' };
    });
    await app.register(fastifyStatic, {
      root,
      wildcard: false,
      index: false,
      setHeaders: (reply, path) => {
        const immutable = path.includes('/assets/');
        reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  };

/** Serves the web app where it is built; its pages for every other path a browser asks for, else 404 or 405. */
export const webApp = fastifyPlugin<{ root?: string }>(async (app, { root }) => {
  const index = root ? join(root, 'index.html') : null;
  const page = index && existsSync(index) ? await readFile(index, 'utf8') : null;
  if (root && page !== null) await app.register(builtFiles(root));
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const accept = request.headers.accept ?? '*/*';
    const takesPage = accept.includes('text/html') || (accept.includes('*/*') && pagePaths.test(path));
    const wantsPage = request.method === 'GET' && takesPage;
    if (page !== null && wantsPage && !ownPaths.test(path)) {
      return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
    }
    const { problem, allow } = unrouted(app, request.method, path);
    if (allow.length > 0) reply.header('allow', allow.join(', '));
    return sendProblem(request, reply, problem);
  });
});
