import { type MultivariateWindow, multivariateAnswer, multivariateWindow } from '@plumbline/contracts';
import { callApi } from '../../api-client.ts';
import { apiQuery } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';
import type { ViewQuery } from '../../view-search.ts';

const path = (model: string) => `${modelPath(model)}/drift/multivariate`;

/** Windows of a day, or all others: complete weeks and asked ranges. */
export const multivariateQuery = (
  model: string,
  { from, to, environment }: ViewQuery,
  granularity: 'day' | 'week',
) =>
  apiQuery(multivariateAnswer, path(model), {
    from,
    to,
    environment,
    days: granularity === 'day' ? 'only' : 'none',
  });

/** Everything a model's multivariate queries have in common. */
export const multivariateKey = (model: string) => [path(model)];

export const compareWindow = (model: string, asked: { from: string; to: string; environment: string }) =>
  callApi(multivariateWindow, path(model), { method: 'POST', body: asked });

export const cancelComparison = (model: string, id: string) =>
  callApi(multivariateWindow, `${path(model)}/${encodeURIComponent(id)}/cancel`, {
    method: 'POST',
    body: {},
  });

export const isUnfinished = ({ state }: MultivariateWindow) => state === 'waiting' || state === 'running';
