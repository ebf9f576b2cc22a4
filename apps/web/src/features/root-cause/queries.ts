import {
  type DiscoverSlicesBody,
  discoverSlicesAnswer,
  type ExplainChangeBody,
  explainChangeAnswer,
} from '@plumbline/contracts';
import { callApi } from '../../api-client.ts';
import { modelPath } from '../../model-queries.ts';

const staleTime = 60_000;

/** Questions with a body; the body is their key. Giving one up ends its work on the server. */
export const explainChangeQuery = (model: string, body: ExplainChangeBody) => ({
  queryKey: [`${modelPath(model)}/explain-change`, body] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    callApi(explainChangeAnswer, `${modelPath(model)}/explain-change`, { method: 'POST', body, signal }),
  staleTime,
});

export const discoverSlicesQuery = (model: string, body: DiscoverSlicesBody) => ({
  queryKey: [`${modelPath(model)}/slices/discover`, body] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    callApi(discoverSlicesAnswer, `${modelPath(model)}/slices/discover`, { method: 'POST', body, signal }),
  staleTime,
});
