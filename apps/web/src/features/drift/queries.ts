import {
  type DriftProfile,
  driftAnswer,
  driftTimelineAnswer,
  secondOpinionsAnswer,
} from '@plumbline/contracts';
import { apiQuery } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';
import type { ViewQuery } from '../../view-search.ts';

export const driftQuery = (model: string, query: ViewQuery, profile: DriftProfile | undefined) =>
  apiQuery(driftAnswer, `${modelPath(model)}/drift`, { ...query, profile });

export const driftTimelineQuery = (model: string, query: ViewQuery) =>
  apiQuery(driftTimelineAnswer, `${modelPath(model)}/drift/timeline`, query);

export const secondOpinionsQuery = (model: string, query: ViewQuery, column: string) =>
  apiQuery(secondOpinionsAnswer, `${modelPath(model)}/drift/tests`, { ...query, column });
