import { Problem } from '@plumbline/contracts';
import type { FastifyInstance, RouteOptions } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** What credentials a route asks for; `public` asks for none. `admin` covers the others, `read` never covers `ingest`. */
export type RouteScope = 'public' | 'ingest' | 'read' | 'admin';

export interface RouteEntry {
  methods: string[];
  url: string;
  scope: RouteScope;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    scope?: RouteScope;
  }
  interface FastifyInstance {
    /** Every route with its scope, complete once the app is ready. */
    routeEntries(): RouteEntry[];
  }
}

/** Knows every route: refuses to start while one names no scope, and tells 405 from 404. */
export const routing = fastifyPlugin(async (app) => {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  const entries = (): RouteEntry[] =>
    routes.map((route) => {
      const scope = route.config?.scope;
      if (scope === undefined) throw new Error(`Route ${String(route.method)} ${route.url} names no scope`);
      return { methods: [route.method].flat(), url: route.url, scope };
    });
  app.decorate('routeEntries', entries);
  app.addHook('onReady', async () => {
    entries();
  });
});

/** Methods that are served at a path, for the `Allow` header; empty when the path is unknown. */
function allowedMethods(app: FastifyInstance, path: string): string[] {
  const allowed = app.routeEntries().filter(({ url }) => patternOf(url).test(path));
  return [...new Set(allowed.flatMap((entry) => entry.methods))].sort();
}

const patterns = new Map<string, RegExp>();

function patternOf(url: string): RegExp {
  let pattern = patterns.get(url);
  if (!pattern) {
    const source = url
      .split('/')
      .map((part) => {
        if (part === '*') return '.*';
        return part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
      })
      .join('/');
    pattern = new RegExp(`^${source}/?$`);
    patterns.set(url, pattern);
  }
  return pattern;
}

/** The problem of a request no route takes. */
export function unrouted(
  app: FastifyInstance,
  method: string,
  path: string,
): { problem: Problem; allow: string[] } {
  const allow = allowedMethods(app, path).filter((m) => m !== method);
  return { problem: new Problem(allow.length > 0 ? 'method-not-allowed' : 'not-found'), allow };
}
