import type { IngestAnswer, IngestStatus, PerformanceAnswer } from '@plumbline/contracts';
import { type Api, batches, inParallel, until } from './api.ts';
import type { Dataset, SourceRow } from './dataset.ts';
import { toActual, toEvent } from './event-body.ts';

const connections = 4;

export interface Posted {
  accepted: number;
  duplicates: number;
  rejected: number;
}

async function post(
  api: Api,
  path: string,
  name: 'events' | 'actuals',
  bodies: readonly unknown[],
  batchSize: number,
): Promise<Posted> {
  const posted = { accepted: 0, duplicates: 0, rejected: 0 };
  await inParallel(batches(bodies, batchSize), connections, async (batch) => {
    const answer = await api.send<IngestAnswer>('POST', path, { [name]: batch });
    posted.accepted += answer.accepted;
    posted.duplicates += answer.duplicates;
    posted.rejected += answer.rejected.length;
  });
  return posted;
}

export const postEvents = (api: Api, slug: string, rows: readonly SourceRow[], batchSize = 4000) =>
  post(api, `/v1/models/${slug}/events`, 'events', rows.map(toEvent), batchSize);

export const postActuals = (api: Api, slug: string, rows: readonly SourceRow[], batchSize = 5000) =>
  post(
    api,
    `/v1/models/${slug}/actuals`,
    'actuals',
    rows.map(toActual).filter((actual) => actual !== undefined),
    batchSize,
  );

/** Waits until every event is in a part and every label is counted, in each environment. */
export async function untilCaughtUp(api: Api, slug: string, data: Dataset): Promise<void> {
  await until<IngestStatus>(
    'all events mirrored',
    () => api.get(`/v1/models/${slug}/ingest-status`),
    ({ mirrored_events }) => mirrored_events === data.size,
  );
  const environments = data.fields.get('environment') ?? [];
  const isLabelled = (row: number) =>
    ['actual_label', 'actual_score'].some((field) => (data.fields.get(field)?.[row] ?? null) !== null);
  for (const environment of new Set(environments)) {
    const rows = environments.flatMap((value, row) => (value === environment ? [row] : []));
    const labelled = rows.filter(isLabelled).length;
    await until<PerformanceAnswer>(
      `all labels of ${environment} counted`,
      () => api.get(`/v1/models/${slug}/performance`, new URLSearchParams({ environment: `${environment}` })),
      ({ n_events, n_labelled }) => n_events === rows.length && n_labelled === labelled,
    );
  }
}
