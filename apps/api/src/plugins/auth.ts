import { type KeyRateLimit, Problem, type Scope, scopes } from '@plumbline/contracts';
import type { ApiKeyRecord, Db } from '@plumbline/db';
import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { hashToken } from '../api-key.ts';
import type { ApiConfig } from '../deps.ts';
import type { Sessions } from '../sessions.ts';
import type { RouteScope } from './routing.ts';

/** Who asks, and for which project. */
export interface Access {
  kind: 'api_key' | 'session';
  /** The key's id or the user's. */
  id: string;
  name: string;
  email: string | null;
  projectId: string;
  projectName: string;
  scopes: readonly Scope[];
  /** Null: the server's default. Sessions have no limit. */
  rateLimit: KeyRateLimit;
}

declare module 'fastify' {
  interface FastifyRequest {
    access: Access | null;
  }
}

/** A revoked key is refused at most this much later. */
const keyCacheMs = 3000;
const keyCacheSize = 10_000;
const usedEveryMs = 60_000;

/** Looks keys up by hash and remembers the result for a moment; unknown keys as well. */
function keyFinder(db: Db, log: (error: unknown) => void) {
  const cache = new Map<string, { record: ApiKeyRecord | null; until: number }>();
  const marked = new Map<string, number>();
  return async (key: string): Promise<ApiKeyRecord | null> => {
    const hash = hashToken(key);
    const id = hash.toString('base64');
    const now = Date.now();
    const known = cache.get(id);
    if (known && known.until > now) return known.record;
    const record = await db.access.findKey(hash);
    if (cache.size >= keyCacheSize) cache.clear();
    cache.set(id, { record, until: now + keyCacheMs });
    if (record && now - (marked.get(record.id) ?? 0) > usedEveryMs) {
      marked.set(record.id, now);
      void db.access.usedKey(record.id, new Date(now)).catch(log);
    }
    return record;
  };
}

/** Node keeps the first of some headers and says nothing of the others. */
function isTwice(rawHeaders: readonly string[], name: string): boolean {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const written = rawHeaders[i] ?? '';
    if (written.length === name.length && written.toLowerCase() === name) count += 1;
  }
  return count > 1;
}

function bearerOf(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  if (isTwice(request.raw.rawHeaders, 'authorization')) {
    throw new Problem('missing-credentials', { detail: 'There is more than one Authorization header.' });
  }
  const key = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (key === undefined) throw new Problem('missing-credentials', { detail: 'Expected "Bearer <api key>".' });
  return key;
}

function covers(held: readonly Scope[], wanted: RouteScope): boolean {
  return held.some((scope) => scope === 'admin' || scope === wanted);
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

function isSameOrigin(request: FastifyRequest, origin: string, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  const asked = `${protocol}//${request.host}`;
  if (URL.canParse(asked) && new URL(asked).host === host && host !== '') return true;
  return publicUrl !== undefined && origin === new URL(publicUrl).origin;
}

/** Checks credentials before anything else of a request is read. A key in the query is never looked at. */
export const auth = fastifyPlugin<{ db: Db; sessions: Sessions; config: ApiConfig }>(
  async (app, { db, sessions, config }) => {
    const findKey = keyFinder(db, (error) => app.log.warn({ err: error }, 'key use was not recorded'));

    async function ofKey(key: string): Promise<Access> {
      const record = await findKey(key);
      if (!record || record.revokedAt !== null) throw new Problem('invalid-key');
      const { id, name, projectId, projectName, rateLimit } = record;
      const shown = { kind: 'api_key', id, name, email: null, projectId, projectName, rateLimit } as const;
      return { ...shown, scopes: record.scopes };
    }

    async function ofSession(request: FastifyRequest): Promise<Access | null> {
      if (!request.headers.cookie?.includes('plumbline.')) return null;
      const user = await sessions.find(request.headers);
      const project = user && (await db.access.projectOf(user.id));
      if (!user || !project) return null;
      if (!isSafe(request.method) && request.headers.origin === undefined) {
        throw new Problem('csrf', { detail: 'A request with a session cookie needs an Origin header.' });
      }
      const { id, name, email } = user;
      const session = { kind: 'session', id, name, email, rateLimit: 'unlimited' } as const;
      return { ...session, projectId: project.id, projectName: project.name, scopes };
    }

    app.decorateRequest('access', null);
    app.addHook('onRequest', async (request) => {
      const scope = request.routeOptions.config?.scope ?? 'public';
      const { origin } = request.headers;
      const key = scope === 'public' ? null : bearerOf(request);
      if (key === null && !isSafe(request.method) && origin !== undefined) {
        if (!isSameOrigin(request, origin, config.publicUrl)) throw new Problem('csrf');
      }
      if (scope === 'public') return;
      const access = key === null ? await ofSession(request) : await ofKey(key);
      if (!access) throw new Problem('missing-credentials');
      if (!covers(access.scopes, scope)) {
        throw new Problem('insufficient-scope', { detail: `This needs the scope ${scope}.` });
      }
      request.access = access;
    });
  },
);

/** Who asks. Only in routes whose scope is not `public`. */
export function accessOf(request: FastifyRequest): Access {
  if (!request.access) throw new Problem('missing-credentials');
  return request.access;
}
