import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// `prisma generate` never runs its schema engine but downloads it when the variable is unset: any executable will do.
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = createRequire(import.meta.url).resolve('prisma/package.json');
const { status, error } = spawnSync(
  process.execPath,
  [join(dirname(manifest), 'build', 'index.js'), 'generate', '--no-hints', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    // biome-ignore lint/style/noProcessEnv: the child gets this environment and one variable more
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  },
);
if (error) throw error;
process.exitCode = status ?? 1;
