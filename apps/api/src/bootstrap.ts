import { randomBytes } from 'node:crypto';
import type { Db } from '@plumbline/db';
import { generateApiKey, hashToken, keyRecord } from './api-key.ts';
import type { ApiConfig } from './deps.ts';
import { createSessions } from './sessions.ts';

export interface BootstrapOptions {
  /** Fixes the first API key (scope admin). */
  apiKey?: string | undefined;
  admin?: { email: string; password: string } | undefined;
}

/** What the first start made; each is told once and nowhere kept in clear text. */
export interface Bootstrapped {
  /** A generated first API key. */
  apiKey: string | null;
  /** Path and query of the one-time set-up link, while there is no user and none was configured. */
  setupPath: string | null;
}

/** What the process tells its launcher over IPC once it listens. */
export interface FirstStart {
  apiKey: string | null;
  setupUrl: string | null;
}

const setupTokenMs = 3_600_000;

/**
 * Makes what a new installation needs and leaves what is there alone: a project, its first key, and the first admin
 * or a set-up link that works once within an hour. A configured key that is missing is added.
 */
export async function bootstrap(db: Db, config: ApiConfig, options: BootstrapOptions): Promise<Bootstrapped> {
  const project = (await db.access.firstProject()) ?? (await db.access.createProject('Default'));
  const apiKey = await ensureKey(db, project.id, options.apiKey);
  const sessions = createSessions(config);
  try {
    if (options.admin) {
      const { email, password } = options.admin;
      const userId = await sessions.createUser({ email, password, name: email });
      if (userId !== null) await db.access.addMember(project.id, userId);
      return { apiKey, setupPath: null };
    }
    if ((await db.access.userCount()) > 0) return { apiKey, setupPath: null };
    const token = randomBytes(32).toString('base64url');
    await db.access.createSetupToken(hashToken(token), new Date(Date.now() + setupTokenMs));
    return { apiKey, setupPath: `/setup?token=${token}` };
  } finally {
    await sessions.close();
  }
}

async function ensureKey(db: Db, projectId: string, wanted: string | undefined): Promise<string | null> {
  const scopes = ['admin' as const];
  if (wanted !== undefined) {
    const record = keyRecord(wanted);
    if (!(await db.access.findKey(record.hash))) {
      await db.access.createKey({ projectId, name: 'Configured key', scopes, ...record });
    }
    return null;
  }
  const keys = await db.access.listKeys(projectId);
  if (keys.length > 0) return null;
  const key = generateApiKey();
  await db.access.createKey({ projectId, name: 'First key', scopes, ...keyRecord(key) });
  return key;
}
