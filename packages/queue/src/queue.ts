import type { JobName, JobPayload } from '@plumbline/contracts';

export interface EnqueueOptions {
  delayMs?: number;
}

/** Typed producers. A job is a hint that work exists: what must be done stands in the database. */
export interface Queue {
  /** `refresh`, `judge`, `compact`, `multivariate` and `learn` are deduplicated per model while one waits; `deliver` per delivery, `import` per import. */
  enqueue<N extends JobName>(name: N, payload: JobPayload<N>, options?: EnqueueOptions): Promise<void>;
  /** Runs the `sweep` job every `everyMs`, once for all workers. */
  scheduleSweep(everyMs: number): Promise<void>;
  /** Jobs waiting or delayed. */
  depth(): Promise<number>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A processor gets a validated payload; throwing retries with back-off. */
export type Processors = {
  [N in JobName]: (payload: JobPayload<N>, context: { signal: AbortSignal }) => Promise<void>;
};

export interface Consumer {
  /** Stops taking jobs, waits for running ones. */
  close(): Promise<void>;
}

/** Where queues live: Redis when a URL is given, else the same Postgres. */
export type QueueConnection = { kind: 'redis'; url: string } | { kind: 'postgres'; connectionString: string };
