import type { Columnar } from '@plumbline/columnar';
import type { Db } from '@plumbline/db';
import type { GuardedClient } from '@plumbline/outbound';
import type { Queue } from '@plumbline/queue';
import type { Logger } from '@plumbline/runtime';

/** What every feature may ask for; each takes only the part it uses. */
export interface WorkerContext {
  db: Db;
  columnar: Columnar;
  queue: Queue;
  outbound: GuardedClient;
  logger: Logger;
  /** Unseals webhook secrets. */
  secret: string;
  /** Where people open the web app; links in notifications begin with it. */
  publicUrl: string;
  /** Rows on their way into parts; empty between runs. */
  scratchDirectory: string;
  /** Bodies an API put on disk before judging them. */
  uploadsDirectory: string;
  now: () => Date;
  /** In [0, 1). */
  random: () => number;
}
