export { type DemoOptions, type RunningDemo, runDemo } from './demo.ts';
export { type ReplayOptions, type ReplayProgress, type ReplayResult, replayFlights } from './replay.ts';
