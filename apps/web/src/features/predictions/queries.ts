import { type Audience, eventAnswer, eventRow, explanationAnswer } from '@plumbline/contracts';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { apiQuery, listOf } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';
import type { ViewQuery } from '../../view-search.ts';

const pageSize = 100;
const rows = listOf(eventRow);

/** Events newest first, one page after the other by cursor. */
export const eventsQuery = (model: string, query: ViewQuery) =>
  infiniteQueryOptions({
    queryKey: [`${modelPath(model)}/events`, query] as const,
    queryFn: ({ signal, pageParam }) =>
      callApi(rows, `${modelPath(model)}/events`, {
        signal,
        query: { ...query, granularity: undefined, limit: pageSize, cursor: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

const eventPath = (model: string, id: string) => `${modelPath(model)}/events/${encodeURIComponent(id)}`;

export const eventQuery = (model: string, id: string) => apiQuery(eventAnswer, eventPath(model, id));

export const explanationQuery = (model: string, id: string, audience: Audience) =>
  apiQuery(explanationAnswer, `${eventPath(model, id)}/explanation`, { audience });
