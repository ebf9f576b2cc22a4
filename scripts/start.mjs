import { prepare } from './toolchain.mjs';

await prepare('app');
await import(new URL('../apps/standalone/dist/main.js', import.meta.url).href);
