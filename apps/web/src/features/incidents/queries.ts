import { incidentDetail, monitorSchema } from '@plumbline/contracts';
import { z } from 'zod';
import { callApi } from '../../api-client.ts';
import { apiQuery } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';

const incidentPath = (id: string) => `/v1/incidents/${encodeURIComponent(id)}`;

export const incidentQuery = (id: string) => apiQuery(incidentDetail, incidentPath(id));

export const monitorQuery = (model: string, id: string) =>
  apiQuery(monitorSchema, `${modelPath(model)}/monitors/${encodeURIComponent(id)}`);

export type IncidentAction =
  | { action: 'acknowledge' | 'resolve' }
  | { action: 'snooze'; body: { hours: number } }
  | { action: 'comment'; body: { text: string } };

export const actOnIncident = (id: string, step: IncidentAction) =>
  callApi(z.unknown(), `${incidentPath(id)}/${step.action}`, {
    method: 'POST',
    body: 'body' in step ? step.body : {},
  });
