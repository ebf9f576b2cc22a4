import { type MonitorBody, monitorSchema } from '@plumbline/contracts';
import { callApi } from '../../api-client.ts';
import { apiQuery, listOf } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';

const monitorsPath = (model: string) => `${modelPath(model)}/monitors`;

export const monitorsQuery = (model: string) =>
  apiQuery(listOf(monitorSchema), monitorsPath(model), { limit: 500 });

export const createMonitor = (model: string, body: Partial<MonitorBody>) =>
  callApi(monitorSchema, monitorsPath(model), { method: 'POST', body });

export const changeMonitor = (model: string, id: string, patch: Partial<MonitorBody>) =>
  callApi(monitorSchema, `${monitorsPath(model)}/${encodeURIComponent(id)}`, {
    method: 'PATCH',
    body: patch,
  });
