import { type DriftProfile, driftAnswer, driftTimelineAnswer } from '@plumbline/contracts';
import { apiQuery } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';
import type { ViewQuery } from '../../view-search.ts';

export const driftQuery = (model: string, query: ViewQuery, profile: DriftProfile | undefined) =>
  apiQuery(driftAnswer, `${modelPath(model)}/drift`, { ...query, profile });

export const driftTimelineQuery = (model: string, query: ViewQuery) =>
  apiQuery(driftTimelineAnswer, `${modelPath(model)}/drift/timeline`, query);
