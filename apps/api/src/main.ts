import { createLogger, EnvError, onShutdown } from '@plumbline/runtime';
import type { FirstStart } from './bootstrap.ts';
import type { PressureBounds } from './deps.ts';
import { readEnv } from './env.ts';
import { burstSeconds } from './rate-limiter.ts';
import { startApi } from './start-api.ts';

const shutdownMs = 9_800;

async function run(): Promise<void> {
  const env = readEnv();
  const logger = createLogger({ name: 'api', level: env.LOG_LEVEL });
  process.on('unhandledRejection', (error) => {
    logger.fatal({ err: error }, 'unhandled rejection');
    process.exit(1);
  });
  const email = env.PLUMBLINE_ADMIN_EMAIL;
  const password = env.PLUMBLINE_ADMIN_PASSWORD;
  const eventsPerSecond = env.RATE_LIMIT_EVENTS_PER_SECOND;
  const api = await startApi({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    host: env.HOST,
    port: env.PORT,
    dataDir: env.DATA_DIR,
    importMaxBytes: env.IMPORT_MAX_BYTES,
    secret: env.PLUMBLINE_SECRET,
    webhookAllowPrivate: env.WEBHOOK_ALLOW_PRIVATE,
    ...(eventsPerSecond > 0
      ? { rateLimit: { eventsPerSecond, burst: env.RATE_LIMIT_BURST ?? eventsPerSecond * burstSeconds } }
      : {}),
    bounds: boundsOf(env),
    columnarMemoryMb: env.COLUMNAR_MEMORY_MB,
    logger,
    apiKey: env.PLUMBLINE_API_KEY,
    admin: email && password ? { email, password } : undefined,
    ...(env.PUBLIC_URL ? { publicUrl: env.PUBLIC_URL } : {}),
    ...(env.WEB_ROOT ? { webRoot: env.WEB_ROOT } : {}),
  });
  onShutdown([{ name: 'api', stop: () => api.close() }], {
    timeoutMs: shutdownMs,
    exit: (code) => process.exit(code),
    log: (message, error) => logger.info(error === undefined ? {} : { err: error }, message),
  });
  logger.info({ url: api.url, setup: api.bootstrapped.setupPath !== null }, 'listening');
  const { apiKey, setupPath } = api.bootstrapped;
  const first: FirstStart = { apiKey, setupUrl: setupPath && `${env.PUBLIC_URL ?? api.url}${setupPath}` };
  // Told once, to whoever starts the process: neither can be read again later.
  if (process.send) process.send(first);
  else {
    if (first.apiKey) process.stdout.write(`API key: ${first.apiKey}\n`);
    if (first.setupUrl) process.stdout.write(`Set-up link: ${first.setupUrl}\n`);
  }
}

const mebibyte = 2 ** 20;

function boundsOf(env: ReturnType<typeof readEnv>): PressureBounds {
  const { STORAGE_FREE_MIN_MB, BACKLOG_MAX_ROWS, BODIES_MAX_MB } = env;
  return {
    ...(STORAGE_FREE_MIN_MB === undefined ? {} : { storageFreeBytes: STORAGE_FREE_MIN_MB * mebibyte }),
    ...(BACKLOG_MAX_ROWS === undefined ? {} : { backlogRows: BACKLOG_MAX_ROWS }),
    ...(BODIES_MAX_MB === undefined ? {} : { bodyBytes: BODIES_MAX_MB * mebibyte }),
  };
}

run().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof EnvError ? error.message : String((error as Error).stack ?? error)}\n`,
  );
  process.exit(error instanceof EnvError ? 78 : 1);
});
