import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClientKnownRequestError } from '@prisma/client/runtime/client';
import type { Pool } from 'pg';
import { PrismaClient } from './generated/client.ts';

/** Shares the pool with the plain SQL; whoever made the pool ends it. */
export const createPrisma = (pool: Pool): PrismaClient =>
  new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: false }),
    transactionOptions: { maxWait: 5_000, timeout: 15_000 },
  });

/** `P2002` and the like; undefined for what is not an answer of the database. */
export const prismaCode = (error: unknown): string | undefined =>
  error instanceof PrismaClientKnownRequestError ? error.code : undefined;
