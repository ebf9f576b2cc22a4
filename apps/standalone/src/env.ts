import path from 'node:path';
import { EnvError, parseEnv } from '@plumbline/runtime';
import { z } from 'zod';

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  DATA_DIR: z.string().min(1).default('./.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  PLUMBLINE_API_KEY: z.string().min(16).max(512).regex(/^\S+$/, 'no white space').optional(),
  PLUMBLINE_ADMIN_EMAIL: z.email().optional(),
  PLUMBLINE_ADMIN_PASSWORD: z.string().min(8).max(1024).optional(),
  WEBHOOK_ALLOW_PRIVATE: z.stringbool().default(false),
  STORAGE_FREE_MIN_MB: z.coerce.number().min(0).optional(),
  BACKLOG_MAX_ROWS: z.coerce.number().int().min(1).optional(),
  IMPORT_MAX_BYTES: z.string().optional(),
  BODIES_MAX_MB: z.coerce.number().min(1).optional(),
  RATE_LIMIT_EVENTS_PER_SECOND: z.string().optional(),
  RATE_LIMIT_BURST: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
});

export type StandaloneOptions = z.infer<typeof schema>;

/**
 * Reads the launcher's settings. A relative data folder counts from `cwd`.
 * @throws EnvError listing every fault at once.
 */
export function readOptions(source: Record<string, string | undefined>, cwd: string): StandaloneOptions {
  const options = parseEnv(schema, source);
  if (Boolean(options.PLUMBLINE_ADMIN_EMAIL) !== Boolean(options.PLUMBLINE_ADMIN_PASSWORD)) {
    throw new EnvError(['PLUMBLINE_ADMIN_EMAIL and PLUMBLINE_ADMIN_PASSWORD go together']);
  }
  return { ...options, DATA_DIR: path.resolve(cwd, options.DATA_DIR) };
}

export const processEnvironment: Record<string, string | undefined> = process.env;
