export { generateApiKey } from './api-key.ts';
export type { FirstStart } from './bootstrap.ts';
export { type ApiOptions, type RunningApi, startApi } from './start-api.ts';
