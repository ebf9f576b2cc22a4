import { performanceAnswer } from '@plumbline/contracts';
import { apiQuery } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';
import type { ViewQuery } from '../../view-search.ts';

export const performanceQuery = (model: string, query: ViewQuery) =>
  apiQuery(performanceAnswer, `${modelPath(model)}/performance`, query);
