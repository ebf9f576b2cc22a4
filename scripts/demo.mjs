import { prepare } from './toolchain.mjs';

await prepare('demo');
const { runDemo } = await import(new URL('../examples/flight-delay/dist/index.js', import.meta.url).href);
const { run } = await import(new URL('../apps/standalone/dist/run.js', import.meta.url).href);
await run({ demo: runDemo });
