import { logLevels, parseEnv } from '@plumbline/runtime';
import { z } from 'zod';

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().min(1).default('./.data'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  PLUMBLINE_SECRET: z.string().min(32),
  PLUMBLINE_API_KEY: z.string().min(16).max(512).regex(/^\S+$/, 'no white space').optional(),
  PLUMBLINE_ADMIN_EMAIL: z.email().optional(),
  PLUMBLINE_ADMIN_PASSWORD: z.string().min(8).max(1024).optional(),
  WEBHOOK_ALLOW_PRIVATE: z.stringbool().default(false),
  RATE_LIMIT_EVENTS_PER_SECOND: z.coerce.number().int().min(0).max(10_000_000).default(0),
  RATE_LIMIT_BURST: z.coerce.number().int().min(1).optional(),
  WEB_ROOT: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  STORAGE_FREE_MIN_MB: z.coerce.number().min(0).optional(),
  BACKLOG_MAX_ROWS: z.coerce.number().int().min(1).optional(),
  BODIES_MAX_MB: z.coerce.number().min(1).optional(),
  IMPORT_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(5 * 2 ** 30),
  COLUMNAR_MEMORY_MB: z.coerce.number().int().min(128).default(1024),
});

/** @throws EnvError listing every fault. */
export const readEnv = () => parseEnv(schema, process.env);
