import type { ApiKey, KeyRateLimit, Scope } from '@plumbline/contracts';
import type { ApiKey as ApiKeyRow, PrismaClient, Project } from './generated/client.ts';
import { isUuid } from './uuid.ts';

export interface ProjectRecord {
  id: string;
  name: string;
  createdAt: Date;
}

export interface ApiKeyRecord
  extends Omit<ApiKey, 'created_at' | 'last_used_at' | 'revoked_at' | 'rate_limit'> {
  rateLimit: KeyRateLimit;
  projectId: string;
  projectName: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export interface NewApiKey {
  projectId: string;
  name: string;
  scopes: Scope[];
  prefix: string;
  hash: Buffer;
  /** Null, and the same when left out: the server's default. */
  rateLimit?: KeyRateLimit;
}

export interface AccessStore {
  createProject(name: string): Promise<ProjectRecord>;
  /** The oldest project. */
  firstProject(): Promise<ProjectRecord | null>;
  project(id: string): Promise<ProjectRecord | null>;
  /** Only the hash reaches the database. */
  createKey(key: NewApiKey): Promise<ApiKeyRecord>;
  /** Revoked keys are found too. */
  findKey(hash: Buffer): Promise<ApiKeyRecord | null>;
  /** Oldest first, with the revoked ones. */
  listKeys(projectId: string): Promise<ApiKeyRecord[]>;
  /** The changed key; null when the project has none of this id. */
  changeKey(
    projectId: string,
    id: string,
    change: { name?: string; rateLimit?: KeyRateLimit },
  ): Promise<ApiKeyRecord | null>;
  /** False when there is no such key or it was revoked before. */
  revokeKey(projectId: string, id: string): Promise<boolean>;
  /** Never moves `lastUsedAt` back. */
  usedKey(id: string, at: Date): Promise<void>;
  userCount(): Promise<number>;
  addMember(projectId: string, userId: string): Promise<void>;
  /** The first project the user is a member of. */
  projectOf(userId: string): Promise<ProjectRecord | null>;
  createSetupToken(hash: Buffer, expiresAt: Date): Promise<void>;
  /** True once for a token that is known, unused and not expired. */
  takeSetupToken(hash: Buffer, now: Date): Promise<boolean>;
}

const bytes = (buffer: Buffer) => new Uint8Array(buffer);

const unlimited = 0;

function toRateLimit({ eventsPerSecond, burst }: ApiKeyRow): KeyRateLimit {
  if (eventsPerSecond === null) return null;
  if (eventsPerSecond === unlimited || burst === null) return 'unlimited';
  return { events_per_second: eventsPerSecond, burst };
}

function fromRateLimit(limit: KeyRateLimit): Pick<ApiKeyRow, 'eventsPerSecond' | 'burst'> {
  if (limit === null) return { eventsPerSecond: null, burst: null };
  if (limit === 'unlimited') return { eventsPerSecond: unlimited, burst: null };
  return { eventsPerSecond: limit.events_per_second, burst: limit.burst };
}

const toKey = (row: ApiKeyRow & { project: Project }): ApiKeyRecord => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes as Scope[],
  rateLimit: toRateLimit(row),
  projectId: row.projectId,
  projectName: row.project.name,
  createdAt: row.createdAt,
  lastUsedAt: row.lastUsedAt,
  revokedAt: row.revokedAt,
});

export function createAccessStore(prisma: PrismaClient): AccessStore {
  const include = { project: true } as const;
  return {
    createProject: (name) => prisma.project.create({ data: { name } }),

    firstProject: () => prisma.project.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),

    project: async (id) => (isUuid(id) ? prisma.project.findUnique({ where: { id } }) : null),

    async createKey({ rateLimit = null, hash, ...key }) {
      const data = { ...key, hash: bytes(hash), ...fromRateLimit(rateLimit) };
      return toKey(await prisma.apiKey.create({ data, include }));
    },

    async findKey(hash) {
      const row = await prisma.apiKey.findUnique({ where: { hash: bytes(hash) }, include });
      return row && toKey(row);
    },

    async listKeys(projectId) {
      const rows = await prisma.apiKey.findMany({
        where: { projectId },
        include,
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toKey);
    },

    async changeKey(projectId, id, { name, rateLimit }) {
      if (!isUuid(id)) return null;
      const { count } = await prisma.apiKey.updateMany({
        where: { projectId, id },
        data: {
          ...(name === undefined ? {} : { name }),
          ...(rateLimit === undefined ? {} : fromRateLimit(rateLimit)),
        },
      });
      const row = count === 1 ? await prisma.apiKey.findUnique({ where: { id }, include }) : null;
      return row && toKey(row);
    },

    async revokeKey(projectId, id) {
      if (!isUuid(id)) return false;
      const { count } = await prisma.apiKey.updateMany({
        where: { projectId, id, revokedAt: null },
        data: { revokedAt: new Date() },
      });
      return count === 1;
    },

    async usedKey(id, at) {
      await prisma.apiKey.updateMany({
        where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: at } }] },
        data: { lastUsedAt: at },
      });
    },

    userCount: () => prisma.user.count(),

    async addMember(projectId, userId) {
      await prisma.member.createMany({ data: { projectId, userId }, skipDuplicates: true });
    },

    async projectOf(userId) {
      const row = await prisma.member.findFirst({
        where: { userId },
        include,
        orderBy: [{ createdAt: 'asc' }, { projectId: 'asc' }],
      });
      return row?.project ?? null;
    },

    async createSetupToken(hash, expiresAt) {
      await prisma.setupToken.create({ data: { hash: bytes(hash), expiresAt } });
    },

    async takeSetupToken(hash, now) {
      const { count } = await prisma.setupToken.updateMany({
        where: { hash: bytes(hash), usedAt: null, expiresAt: { gt: now } },
        data: { usedAt: now },
      });
      return count === 1;
    },
  };
}
