import { z } from 'zod';

export const scopes = ['ingest', 'read', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export const apiKeyBody = z
  .strictObject({ name: z.string().min(1).max(200), scopes: z.array(z.enum(scopes)).min(1) })
  .meta({ id: 'ApiKeyBody' });

export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.enum(scopes)),
    created_at: z.string(),
    last_used_at: z.string().nullable(),
    revoked_at: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeySchema>;

/** `key` is shown in this answer and never again. */
export const createdApiKey = apiKeySchema.extend({ key: z.string() }).meta({ id: 'CreatedApiKey' });

export const projectBody = z.strictObject({ name: z.string().min(1).max(200) }).meta({ id: 'ProjectBody' });
export const createdProject = z
  .object({ id: z.string(), name: z.string(), created_at: z.string(), key: z.string() })
  .meta({ id: 'CreatedProject' });

export const meAnswer = z
  .object({
    kind: z.enum(['api_key', 'session']),
    name: z.string(),
    email: z.string().nullable(),
    project: z.object({ id: z.string(), name: z.string() }),
    scopes: z.array(z.enum(scopes)),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meAnswer>;

export const signInBody = z.strictObject({ email: z.string().max(320), password: z.string().max(1024) });
export const setupBody = z.strictObject({
  token: z.string().max(200),
  name: z.string().min(1).max(200).optional(),
  email: z.email().max(320),
  password: z.string().min(12).max(256),
});
