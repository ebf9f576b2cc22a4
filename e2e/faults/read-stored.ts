import type { EventRow as ListedEvent, PerformanceAnswer, SlicesAnswer } from '@plumbline/contracts';
import type { CallApi } from '../api.ts';
import { digestOf, type Origin, spanMs } from './rows.ts';

const slug = '/models/faults';

function windowOf({ fromMs }: Origin): { from: string; to: string } {
  return { from: new Date(fromMs).toISOString(), to: new Date(fromMs + spanMs).toISOString() };
}

/** Every event in live parts, an entry a row, as the API lists them. */
export async function readEvents(callApi: CallApi, origin: Origin) {
  const rows: { id: string; says: string; label: string | null }[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ ...windowOf(origin), limit: '1000', ...(cursor ? { cursor } : {}) });
    const page: { data: ListedEvent[]; next_cursor: string | null } = await callApi(
      'GET',
      `${slug}/events?${query}`,
    );
    for (const row of page.data) {
      const { amount, country } = row.features;
      const says = digestOf({
        ...row,
        prediction_score: row.prediction_score ?? Number.NaN,
        features: { amount: Number(amount), country: String(country) },
      });
      rows.push({ id: row.prediction_id, says, label: row.actual_label });
    }
    cursor = page.next_cursor;
  } while (cursor !== null);
  return rows;
}

export function readPerformance(callApi: CallApi, origin: Origin): Promise<PerformanceAnswer> {
  return callApi('GET', `${slug}/performance?${new URLSearchParams(windowOf(origin))}`);
}

export function readGroups(callApi: CallApi, origin: Origin): Promise<SlicesAnswer> {
  return callApi('POST', `${slug}/slices`, {
    ...windowOf(origin),
    group_by: ['features.country'],
    metrics: ['volume', 'accuracy', 'mean_score'],
    limit: 100,
  });
}
