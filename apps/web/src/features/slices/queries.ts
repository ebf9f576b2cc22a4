import { type SlicesBody, slicesAnswer } from '@plumbline/contracts';
import { callApi } from '../../api-client.ts';
import { modelPath } from '../../model-queries.ts';

/** A question with a body; the body is its key. */
export const slicesQuery = (model: string, body: SlicesBody) => ({
  queryKey: [`${modelPath(model)}/slices`, body] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    callApi(slicesAnswer, `${modelPath(model)}/slices`, { method: 'POST', body, signal }),
});
