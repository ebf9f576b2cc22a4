import path from 'node:path';
import { z } from 'zod';

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  DATA_DIR: z.string().min(1).default('./.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  PLUMBLINE_API_KEY: z.string().min(16).max(200).optional(),
  PLUMBLINE_ADMIN_EMAIL: z.email().optional(),
  PLUMBLINE_ADMIN_PASSWORD: z.string().min(8).max(256).optional(),
  WEBHOOK_ALLOW_PRIVATE: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
});

export type StandaloneOptions = z.infer<typeof schema>;

/** Reads the launcher's settings; one sentence per fault, all at once. Relative folders count from `cwd`. */
export function readOptions(
  source: Record<string, string | undefined>,
  cwd: string,
): { options: StandaloneOptions } | { faults: string[] } {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    return { faults: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
  }
  const options = parsed.data;
  if (Boolean(options.PLUMBLINE_ADMIN_EMAIL) !== Boolean(options.PLUMBLINE_ADMIN_PASSWORD)) {
    return { faults: ['PLUMBLINE_ADMIN_EMAIL and PLUMBLINE_ADMIN_PASSWORD go together'] };
  }
  return { options: { ...options, DATA_DIR: path.resolve(cwd, options.DATA_DIR) } };
}

export const processEnvironment: Record<string, string | undefined> = process.env;
