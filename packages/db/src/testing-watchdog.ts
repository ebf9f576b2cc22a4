import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Reads until its standard input closes, which it does however the parent ends; then Postgres is told to quit. */
const watch = `
  process.stdin.resume().on('end', () => {
    try { process.kill(Number(process.argv[1]), 'SIGQUIT'); } catch {}
    require('node:fs').rmSync(process.argv[2], { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
`;

/** Ends the Postgres of `databaseDir` and removes its data when this process ends, even by SIGKILL. Returns how to stop watching. */
export async function endWithParent(databaseDir: string): Promise<() => void> {
  const [pid = ''] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
  const watchdog = spawn(process.execPath, ['-e', watch, pid, databaseDir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  return () => watchdog.kill();
}
