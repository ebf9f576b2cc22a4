import type { Columnar } from '@plumbline/columnar';
import type { Db } from '@plumbline/db';
import type { Queue } from '@plumbline/queue';
import type { FastifyBaseLogger } from 'fastify';

/** What one API process is told about its surroundings. */
export interface ApiConfig {
  databaseUrl: string;
  /** The address the server listens on; a loopback address turns the Host allow-list on. */
  host: string;
  /** Where uploads are spooled. Created when missing. */
  dataDir: string;
  /** Signs sessions and seals webhook secrets; at least 32 characters. */
  secret: string;
  publicUrl?: string;
  /** Folder of the built web app; without one only the API is served. */
  webRoot?: string;
  webhookAllowPrivate: boolean;
}

/** The parts every feature works with. */
export interface Deps {
  db: Db;
  columnar: Columnar;
  queue: Queue;
  config: ApiConfig;
  logger: FastifyBaseLogger;
}
