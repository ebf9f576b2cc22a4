import { driftAnswer, performanceAnswer } from '@plumbline/contracts';
import { apiQuery } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';
import type { ViewQuery } from '../../view-search.ts';

export const driftSummaryQuery = (model: string, query: ViewQuery) =>
  apiQuery(driftAnswer, `${modelPath(model)}/drift`, query);

export const performanceSummaryQuery = (model: string, query: ViewQuery) =>
  apiQuery(performanceAnswer, `${modelPath(model)}/performance`, query);
