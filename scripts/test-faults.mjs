import path from 'node:path';
import { prepare, root, run } from './toolchain.mjs';

await prepare('all');
await run(
  'Faults',
  process.execPath,
  [
    path.join(root, 'node_modules/tsx/dist/cli.mjs'),
    '--conditions=source',
    path.join(root, 'e2e/faults/main.ts'),
    ...process.argv.slice(2),
  ],
  { quiet: false },
).catch(() => {
  process.exitCode = 1;
});
