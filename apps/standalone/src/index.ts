export { readOptions, type StandaloneOptions } from './env.ts';
export { type Standalone, startStandalone } from './start-standalone.ts';
