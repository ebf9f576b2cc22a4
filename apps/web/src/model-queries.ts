import {
  type CommonQuery,
  distributionAnswer,
  eventRow,
  incidentSchema,
  ingestStatus,
  metricInfo,
  modelSchema,
  referenceAnswer,
  timeseriesAnswer,
} from '@plumbline/contracts';
import { apiQuery, listOf } from './api-query.ts';
import type { ViewQuery } from './view-search.ts';

export const modelPath = (model: string) => `/v1/models/${encodeURIComponent(model)}`;

export const modelsQuery = () => apiQuery(listOf(modelSchema), '/v1/models', { limit: 1000 });
export const modelQuery = (model: string) => apiQuery(modelSchema, modelPath(model));
export const ingestStatusQuery = (model: string) =>
  apiQuery(ingestStatus, `${modelPath(model)}/ingest-status`);
export const referenceQuery = (model: string) => apiQuery(referenceAnswer, `${modelPath(model)}/reference`);
/** The newest event of an environment by its own time, in a list of at most one. */
export const newestEventQuery = (model: string, environment: string) =>
  apiQuery(listOf(eventRow), `${modelPath(model)}/events`, { environment, limit: 1 });

export const metricsQuery = () => ({ ...apiQuery(listOf(metricInfo), '/v1/metrics'), staleTime: 3_600_000 });
export const incidentsQuery = (status?: string) =>
  apiQuery(listOf(incidentSchema), '/v1/incidents', { status, limit: 200 });

export const timeseriesQuery = (
  model: string,
  query: ViewQuery | CommonQuery,
  metric: string,
  column?: string | undefined,
) => apiQuery(timeseriesAnswer, `${modelPath(model)}/timeseries`, { ...query, metric, column });

export const distributionQuery = (model: string, query: ViewQuery, column: string) =>
  apiQuery(distributionAnswer, `${modelPath(model)}/distribution`, { ...query, column });
