import {
  apiKeyBody,
  apiKeyPatch,
  apiKeySchema,
  createdApiKey,
  createdProject,
  type KeyRateLimit,
  meAnswer,
  Problem,
  projectBody,
  type rateLimitBody,
} from '@plumbline/contracts';
import type { ApiKeyRecord } from '@plumbline/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { generateApiKey, keyRecord } from '../../api-key.ts';
import type { Deps } from '../../deps.ts';
import { found, idParams } from '../../find-model.ts';
import { listOf } from '../../list-of.ts';
import { pageOf, shortListQuery } from '../../page.ts';
import { accessOf } from '../../plugins/auth.ts';
import { burstSeconds } from '../../rate-limiter.ts';
import { timeText } from '../../time-text.ts';

const tags = ['access'];
const admin = { scope: 'admin' as const };

function withBurst(posted: z.infer<typeof rateLimitBody>): KeyRateLimit {
  if (posted === null || posted === 'unlimited') return posted;
  const { events_per_second, burst = events_per_second * burstSeconds } = posted;
  return { events_per_second, burst };
}

const showKey = (key: ApiKeyRecord) => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  scopes: key.scopes,
  rate_limit: key.rateLimit,
  created_at: timeText(key.createdAt),
  last_used_at: timeText(key.lastUsedAt),
  revoked_at: timeText(key.revokedAt),
});

export const keyRoutes =
  ({ db }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/me',
      {
        config: { scope: 'read' },
        schema: { tags, summary: 'Who is asking', response: { 200: meAnswer } },
      },
      async (request) => {
        const { kind, name, email, projectId, projectName, scopes } = accessOf(request);
        return { kind, name, email, project: { id: projectId, name: projectName }, scopes: [...scopes] };
      },
    );

    app.post(
      '/v1/api-keys',
      {
        config: admin,
        schema: {
          tags,
          summary: 'Create an API key; it is shown once',
          body: apiKeyBody,
          response: { 201: createdApiKey },
        },
      },
      async (request, reply) => {
        const { name, scopes, rate_limit: limit = null } = request.body;
        const key = generateApiKey();
        const { projectId } = accessOf(request);
        const record = await db.access.createKey({
          projectId,
          name,
          scopes: [...new Set(scopes)],
          rateLimit: withBurst(limit),
          ...keyRecord(key),
        });
        return reply.code(201).send({ ...showKey(record), key });
      },
    );

    app.get(
      '/v1/api-keys',
      {
        config: admin,
        schema: {
          tags,
          summary: 'API keys, revoked ones too',
          querystring: shortListQuery,
          response: { 200: listOf(apiKeySchema) },
        },
      },
      async (request) => {
        const keys = await db.access.listKeys(accessOf(request).projectId);
        return pageOf(keys, request.query, showKey, ({ id }) => id);
      },
    );

    app.patch(
      '/v1/api-keys/:id',
      {
        config: admin,
        schema: {
          tags,
          summary: 'Rename an API key or change its rate limit; it counts within seconds',
          params: idParams,
          body: apiKeyPatch,
          response: { 200: apiKeySchema },
        },
      },
      async (request) => {
        const { name, rate_limit: limit } = request.body;
        const { projectId } = accessOf(request);
        const change = {
          ...(name === undefined ? {} : { name }),
          ...(limit === undefined ? {} : { rateLimit: withBurst(limit) }),
        };
        return showKey(found(await db.access.changeKey(projectId, request.params.id, change)));
      },
    );

    app.delete(
      '/v1/api-keys/:id',
      {
        config: admin,
        schema: {
          tags,
          summary: 'Revoke an API key; it is refused within seconds',
          params: idParams,
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        const { projectId } = accessOf(request);
        found((await db.access.revokeKey(projectId, request.params.id)) || null);
        return reply.code(204).send();
      },
    );

    app.post(
      '/v1/projects',
      {
        config: admin,
        schema: {
          tags,
          summary: 'Create a project with its own first key (admins of the first project)',
          body: projectBody,
          response: { 201: createdProject },
        },
      },
      async (request, reply) => {
        const first = await db.access.firstProject();
        if (first?.id !== accessOf(request).projectId) {
          throw new Problem('insufficient-scope', {
            detail: 'Only an admin of the first project makes projects.',
          });
        }
        const project = await db.access.createProject(request.body.name);
        const key = generateApiKey();
        await db.access.createKey({
          projectId: project.id,
          name: 'First key',
          scopes: ['admin'],
          ...keyRecord(key),
        });
        const { id, name, createdAt } = project;
        return reply.code(201).send({ id, name, created_at: timeText(createdAt), key });
      },
    );
  };
