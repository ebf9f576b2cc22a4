import { logLevels, parseEnv } from '@plumbline/runtime';
import { z } from 'zod';

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('./.data'),
  PLUMBLINE_SECRET: z.string().min(32),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  WEBHOOK_ALLOW_PRIVATE: z.stringbool().default(false),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  WORKER_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2),
  COLUMNAR_MEMORY_MB: z.coerce.number().int().min(512).default(1024),
});

/** @throws EnvError listing every fault. */
export const readEnv = () => parseEnv(schema, process.env);
