import { z } from 'zod';

export const scopes = ['ingest', 'read', 'admin'] as const;
export type Scope = (typeof scopes)[number];

const eventsPerSecond = z.number().int().min(1).max(10_000_000);
const burst = z.number().int().min(1).max(1_000_000_000);
const otherLimits = [z.literal('unlimited'), z.null()] as const;

/**
 * What a key may send: events a second on average and at once after a pause, `"unlimited"`, or null for the server's
 * default.
 */
export const rateLimitSchema = z
  .union([z.strictObject({ events_per_second: eventsPerSecond, burst }), ...otherLimits])
  .meta({ id: 'RateLimit' });
export type KeyRateLimit = z.infer<typeof rateLimitSchema>;

/** A rate limit as posted: a `burst` left out is ten seconds' worth. */
export const rateLimitBody = z
  .union([z.strictObject({ events_per_second: eventsPerSecond, burst: burst.optional() }), ...otherLimits])
  .meta({ id: 'RateLimitBody' });

const keyName = z.string().min(1).max(200);

export const apiKeyBody = z
  .strictObject({
    name: keyName,
    scopes: z.array(z.enum(scopes)).min(1),
    rate_limit: rateLimitBody.optional(),
  })
  .meta({ id: 'ApiKeyBody' });

/** What of a key can be changed. */
export const apiKeyPatch = z
  .strictObject({ name: keyName.optional(), rate_limit: rateLimitBody.optional() })
  .meta({ id: 'ApiKeyPatch' });

export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.enum(scopes)),
    rate_limit: rateLimitSchema,
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
