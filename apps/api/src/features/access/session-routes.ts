import { Problem, setupBody, signInBody } from '@plumbline/contracts';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hashToken } from '../../api-key.ts';
import type { Deps } from '../../deps.ts';
import type { Sessions } from '../../sessions.ts';
import { createSignInLimit } from './sign-in-limit.ts';

const tags = ['access'];
const config = { scope: 'public' as const };

function withCookies(reply: FastifyReply, cookies: string[]): FastifyReply {
  return reply.header('set-cookie', cookies).header('cache-control', 'no-store');
}

/** What the sign-in page and its library clients send. */
const signIn = z.object({
  ...signInBody.shape,
  rememberMe: z.boolean().optional(),
  callbackURL: z.string().optional(),
});

const user = z.object({ user: z.object({ email: z.string() }) });

export const sessionRoutes =
  ({ db }: Deps, sessions: Sessions): FastifyPluginAsyncZod =>
  async (app) => {
    const limit = createSignInLimit();

    app.post(
      '/v1/auth/sign-in/email',
      {
        config,
        schema: { tags, summary: 'Sign in; sets the session cookie', body: signIn, response: { 200: user } },
      },
      async (request, reply) => {
        const email = request.body.email.trim().toLowerCase();
        const key = `${email}\n${request.ip}`;
        const waitSeconds = limit.waitSeconds(key, Date.now());
        if (waitSeconds > 0) throw new Problem('rate-limited', { retryAfterSeconds: waitSeconds });
        limit.failed(key, Date.now());
        const cookies = await sessions.signIn(email, request.body.password, request.headers);
        if (!cookies) throw new Problem('invalid-credentials');
        limit.succeeded(key);
        return withCookies(reply, cookies).send({ user: { email } });
      },
    );

    app.post(
      '/v1/auth/sign-out',
      { config, schema: { tags, summary: 'Sign out; ends the session' } },
      async (request, reply) =>
        withCookies(reply, await sessions.signOut(request.headers)).send({ success: true }),
    );

    app.get(
      '/v1/auth/get-session',
      { config, schema: { tags, summary: 'The signed-in user, or null' } },
      async (request) => {
        const signedIn = await sessions.find(request.headers);
        return signedIn ? { user: signedIn } : null;
      },
    );

    app.post(
      '/v1/setup',
      {
        config,
        schema: {
          tags,
          summary: 'Make the first admin with the set-up link’s token',
          body: setupBody,
          response: { 201: user },
        },
      },
      async (request, reply) => {
        const { token, name, password } = request.body;
        const email = request.body.email.toLowerCase();
        const project = await db.access.firstProject();
        const isOpen = project !== null && (await db.access.userCount()) === 0;
        if (!isOpen || !(await db.access.takeSetupToken(hashToken(token), new Date()))) {
          throw new Problem('setup-closed');
        }
        const userId = await sessions.createUser({ email, password, name: name ?? email });
        if (userId === null) throw new Problem('conflict', { detail: 'This e-mail has an account.' });
        await db.access.addMember(project.id, userId);
        const cookies = (await sessions.signIn(email, password, request.headers)) ?? [];
        return withCookies(reply, cookies).code(201).send({ user: { email } });
      },
    );
  };
