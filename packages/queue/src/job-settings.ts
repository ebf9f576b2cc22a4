import type { JobName, JobPayload } from '@plumbline/contracts';
import type { JobsOptions } from 'bullmq';

/**
 * Kinds of work that must not wait for each other: a slow webhook or a long import never delays a refresh, nothing
 * delays the sweep. What takes seconds to minutes shares the lane of imports.
 */
export type Lane = 'work' | 'import' | 'deliver' | 'sweep';

export const laneOf: Record<JobName, Lane> = {
  refresh: 'work',
  judge: 'work',
  compact: 'work',
  import: 'import',
  multivariate: 'import',
  learn: 'import',
  deliver: 'deliver',
  sweep: 'sweep',
};

export const lanes: readonly Lane[] = ['work', 'import', 'deliver', 'sweep'];

/** Jobs one worker process runs at the same time in a lane. Deliveries mostly wait for receivers. */
export function laneConcurrency(lane: Lane, concurrency: number): number {
  if (lane === 'sweep' || lane === 'import') return 1;
  return lane === 'deliver' ? concurrency * 8 : concurrency;
}

export const queueName = (lane: Lane): string => `plumbline-${lane}`;

const bounds = {
  removeOnComplete: { count: 200, age: 3600 },
  removeOnFail: { count: 1000, age: 7 * 24 * 3600 },
} satisfies JobsOptions;

const retried = {
  ...bounds,
  attempts: 5,
  backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
} satisfies JobsOptions;

/** A failed sweep is made up for by the next one. */
export const sweepOptions = {
  removeOnComplete: { count: 10 },
  removeOnFail: { count: 100 },
  attempts: 1,
} satisfies JobsOptions;

function subjectOf(payload: JobPayload<JobName>): string {
  if ('importId' in payload) return payload.importId;
  if ('modelId' in payload) return payload.modelId;
  return 'deliveryId' in payload ? payload.deliveryId : '';
}

/**
 * While one waits, another job for the same subject is dropped; one that comes while the first is running is kept
 * and runs after it, so that no change goes unseen.
 */
export function jobOptions<N extends JobName>(
  name: N,
  payload: JobPayload<N>,
  delayMs?: number,
): JobsOptions {
  return {
    ...retried,
    ...(name === 'compact' ? { priority: 10 } : {}),
    ...(delayMs === undefined ? {} : { delay: delayMs }),
    deduplication: { id: `${name}-${subjectOf(payload)}`, keepLastIfActive: true },
  };
}
