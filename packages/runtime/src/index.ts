export { createLogger, type Logger, logLevels } from './create-logger.ts';
export { onShutdown } from './on-shutdown.ts';
export { EnvError, parseEnv } from './parse-env.ts';
export { seal, unseal } from './seal.ts';
export { startHealthServer } from './start-health-server.ts';
