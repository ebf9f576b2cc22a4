import { type Import, importSchema } from '@plumbline/contracts';
import { callApi } from '../../api-client.ts';
import { apiQuery, listOf } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';

export const importsPath = (model: string) => `${modelPath(model)}/imports`;

export const importsQuery = (model: string) =>
  apiQuery(listOf(importSchema), importsPath(model), { limit: 100 });

export const cancelImport = (model: string, id: string) =>
  callApi(importSchema, `${importsPath(model)}/${encodeURIComponent(id)}/cancel`, {
    method: 'POST',
    body: {},
  });

export const isUnfinished = ({ status }: Import) => status === 'waiting' || status === 'running';
