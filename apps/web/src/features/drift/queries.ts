import { driftAnswer } from '@plumbline/contracts';
import { apiQuery } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';
import type { ViewQuery } from '../../view-search.ts';

export const driftQuery = (model: string, query: ViewQuery) =>
  apiQuery(driftAnswer, `${modelPath(model)}/drift`, query);
