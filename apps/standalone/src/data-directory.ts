import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isAlive } from './process-alive.ts';
import { StartupFailure } from './startup-failure.ts';

const secretsSchema = z.object({
  superuserPassword: z.string().min(20),
  ownerPassword: z.string().min(20),
  secret: z.string().min(32),
  /** The API key `npm run demo` posts with. */
  demoKey: z.string().min(20),
});
export type Secrets = z.infer<typeof secretsSchema>;

const generated = () => randomBytes(32).toString('base64url');

/**
 * Makes the data folder (with `logs` and `parts`), takes its lock and reads or makes its secrets (mode 0600).
 * @throws StartupFailure when the folder cannot be written or another process runs on it.
 */
export function openDataDirectory(directory: string): { secrets: Secrets; release(): void } {
  try {
    for (const part of ['', 'logs', 'parts']) mkdirSync(path.join(directory, part), { recursive: true });
    const probe = path.join(directory, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (cause) {
    throw new StartupFailure(
      `The data folder ${directory} cannot be written. Set DATA_DIR to a folder that can.`,
      cause,
    );
  }
  const release = lock(path.join(directory, 'plumbline.pid'), directory);
  return { secrets: readSecrets(path.join(directory, 'secrets.json')), release };
}

function lock(file: string, directory: string): () => void {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeFileSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
      const owner = Number(readFileSync(file, 'utf8'));
      if (owner && owner !== process.pid && isAlive(owner)) {
        throw new StartupFailure(
          `Plumbline already runs on ${directory} (process ${owner}). Stop it, or set DATA_DIR to another folder.`,
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new StartupFailure(`The lock ${file} is being taken by another process.`);
}

function readSecrets(file: string): Secrets {
  if (existsSync(file)) {
    const parsed = secretsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!parsed.success)
      throw new StartupFailure(
        `${file} is damaged; restore it from a backup: it opens the database in the same folder.`,
      );
    return parsed.data;
  }
  const secrets = {
    superuserPassword: generated(),
    ownerPassword: generated(),
    secret: generated(),
    demoKey: `pl_${generated()}`,
  };
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
