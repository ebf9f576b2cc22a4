import { meAnswer } from '@plumbline/contracts';
import { z } from 'zod';
import { callApi } from './api-client.ts';
import { apiQuery } from './api-query.ts';

export const meQuery = () => ({ ...apiQuery(meAnswer, '/v1/me'), staleTime: 60_000, retry: false });

const session = z
  .object({ user: z.object({ email: z.string() }) })
  .nullish()
  .transform((found) => found ?? null);

/** Answers 200 whether or not someone is signed in, unlike {@link meQuery}. */
export const sessionQuery = () => ({
  ...apiQuery(session, '/v1/auth/get-session'),
  staleTime: 60_000,
  retry: false,
});

export const signIn = (credentials: { email: string; password: string }) =>
  callApi(z.unknown(), '/v1/auth/sign-in/email', { method: 'POST', body: credentials });

export const signOut = () => callApi(z.unknown(), '/v1/auth/sign-out', { method: 'POST', body: {} });

export const setUp = (body: { token: string; email: string; password: string; name?: string }) =>
  callApi(z.unknown(), '/v1/setup', { method: 'POST', body });
