import { prepare } from './toolchain.mjs';

await prepare('all');
await import(new URL('../bench/dist/main.js', import.meta.url).href);
