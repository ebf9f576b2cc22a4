import type { Columnar } from '@plumbline/columnar';
import type { Db } from '@plumbline/db';
import type { Queue } from '@plumbline/queue';
import type { FastifyBaseLogger } from 'fastify';
import type { RateLimit } from './rate-limiter.ts';

/** Bounds of what one API process takes on. */
export interface PressureBounds {
  /** Free space below which no more rows are taken; default 1 GiB, or 5 % of a disk smaller than 20 GiB. */
  storageFreeBytes?: number;
  /** Rows that wait to be mirrored; default 5 million. */
  backlogRows?: number;
  /** Memory for bodies of requests that are not answered yet; default 128 MiB. */
  bodyBytes?: number;
}

/** What one API process is told about its surroundings. */
export interface ApiConfig {
  databaseUrl: string;
  /** The address the server listens on; a loopback address turns the Host allow-list on. */
  host: string;
  /** Where uploads are spooled. Created when missing. */
  dataDir: string;
  /** Largest file of an import without its gzip; default 5 GiB. */
  importMaxBytes?: number;
  /** Signs sessions and seals webhook secrets; at least 32 characters. */
  secret: string;
  publicUrl?: string;
  /** Folder of the built web app; without one only the API is served. */
  webRoot?: string;
  webhookAllowPrivate: boolean;
  /** What API keys without a limit of their own may send; left out, as much as they like. */
  rateLimit?: RateLimit;
  /** Where requests begin to be refused; what is left out has a default. */
  bounds?: PressureBounds;
}

/** The parts every feature works with. */
export interface Deps {
  db: Db;
  columnar: Columnar;
  queue: Queue;
  config: ApiConfig;
  logger: FastifyBaseLogger;
}
