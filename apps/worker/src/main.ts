import { constants, setPriority } from 'node:os';
import { createLogger, EnvError, onShutdown } from '@plumbline/runtime';
import { readEnv } from './env.ts';
import { startWorker, type WorkerOptions } from './start-worker.ts';

const unusableConfiguration = 78;

function configure(): ReturnType<typeof readEnv> {
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(unusableConfiguration);
  }
}

// What was acknowledged waits for nobody; what is made of it may wait for the next request.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const env = configure();
const logger = createLogger({ name: 'worker', level: env.LOG_LEVEL });
const options: WorkerOptions = {
  databaseUrl: env.DATABASE_URL,
  dataDir: env.DATA_DIR,
  secret: env.PLUMBLINE_SECRET,
  publicUrl: env.PUBLIC_URL,
  webhookAllowPrivate: env.WEBHOOK_ALLOW_PRIVATE,
  concurrency: env.WORKER_CONCURRENCY,
  columnarMemoryMb: env.COLUMNAR_MEMORY_MB,
  logger,
  ...(env.REDIS_URL ? { redisUrl: env.REDIS_URL } : {}),
  ...(env.WORKER_PORT === undefined ? {} : { healthPort: env.WORKER_PORT }),
};

process.on('unhandledRejection', (error) => {
  logger.fatal({ err: error }, 'unhandled rejection');
  process.exit(1);
});

const stopping = new AbortController();
const starting = startWorker(options, stopping.signal);
onShutdown(
  [
    {
      name: 'worker',
      async stop() {
        stopping.abort();
        const worker = await starting.catch(() => null);
        await worker?.close();
      },
    },
  ],
  {
    exit: (code) => process.exit(code),
    log: (message, error) => (error ? logger.error({ err: error }, message) : logger.info(message)),
  },
);
starting.catch((error: unknown) => {
  if (stopping.signal.aborted) return;
  logger.fatal({ err: error }, 'the worker cannot start');
  process.exit(1);
});
