import type { Channel as ChannelRow, PrismaClient } from './generated/client.ts';
import { isUuid } from './uuid.ts';

export interface ChannelRecord {
  id: string;
  projectId: string;
  kind: 'webhook';
  name: string;
  url: string;
  /** The signing secret, encrypted by the caller. */
  sealedSecret: string;
  enabled: boolean;
  createdAt: Date;
}

export interface ChannelChange {
  name?: string;
  url?: string;
  enabled?: boolean;
  sealedSecret?: string;
}

export interface ChannelStore {
  create(channel: Omit<ChannelRecord, 'id' | 'createdAt'>): Promise<ChannelRecord>;
  /** Oldest first. */
  list(projectId: string): Promise<ChannelRecord[]>;
  find(projectId: string, id: string): Promise<ChannelRecord | null>;
  update(projectId: string, id: string, change: ChannelChange): Promise<ChannelRecord | null>;
  /** Its deliveries go with it. */
  remove(projectId: string, id: string): Promise<boolean>;
}

export const toChannel = (row: ChannelRow): ChannelRecord => ({
  ...row,
  kind: row.kind as ChannelRecord['kind'],
});

export function createChannelStore(prisma: PrismaClient): ChannelStore {
  return {
    create: async (channel) => toChannel(await prisma.channel.create({ data: channel })),

    async list(projectId) {
      const rows = await prisma.channel.findMany({
        where: { projectId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toChannel);
    },

    async find(projectId, id) {
      if (!isUuid(id)) return null;
      const row = await prisma.channel.findFirst({ where: { projectId, id } });
      return row && toChannel(row);
    },

    async update(projectId, id, change) {
      if (!isUuid(id)) return null;
      const [row] = await prisma.channel.updateManyAndReturn({ where: { projectId, id }, data: change });
      return row ? toChannel(row) : null;
    },

    async remove(projectId, id) {
      if (!isUuid(id)) return false;
      const { count } = await prisma.channel.deleteMany({ where: { projectId, id } });
      return count === 1;
    },
  };
}
