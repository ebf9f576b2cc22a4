import { type Feature, type Model, modelSchema, schemaAnswer, schemaChange } from '@plumbline/contracts';
import { callApi } from '../../api-client.ts';
import { apiQuery, listOf } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';

export const schemaQuery = (model: string) => apiQuery(schemaAnswer, `${modelPath(model)}/schema`);

export const schemaChangesQuery = (model: string) =>
  apiQuery(listOf(schemaChange), `${modelPath(model)}/schema/changes`, { limit: 100 });

/** Changes one feature and leaves the others as they are. */
export const saveFeature = (model: Model, feature: Feature) =>
  callApi(modelSchema, modelPath(model.model), {
    method: 'PUT',
    body: { task: model.task, features: [feature] },
  });
