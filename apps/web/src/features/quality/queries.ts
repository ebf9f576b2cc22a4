import {
  correlationsAnswer,
  type Expectation,
  expectationSuite,
  expectationsAnswer,
  expectationVersion,
  qualityAnswer,
  repeatsAnswer,
} from '@plumbline/contracts';
import { callApi } from '../../api-client.ts';
import { apiQuery, listOf } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';
import type { ViewQuery } from '../../view-search.ts';

export const qualityQuery = (model: string, query: ViewQuery) =>
  apiQuery(qualityAnswer, `${modelPath(model)}/quality`, query);

export const correlationsQuery = (model: string, query: ViewQuery) =>
  apiQuery(correlationsAnswer, `${modelPath(model)}/quality/correlations`, query);

export const repeatsQuery = (model: string, query: ViewQuery) =>
  apiQuery(repeatsAnswer, `${modelPath(model)}/quality/repeats`, query);

const expectationsPath = (model: string) => `${modelPath(model)}/expectations`;

export const expectationsQuery = (model: string) => apiQuery(expectationsAnswer, expectationsPath(model));

export const versionsQuery = (model: string) =>
  apiQuery(listOf(expectationVersion), `${expectationsPath(model)}/versions`, { limit: 20 });

/** A version to store: everything that is expected, not only what changed. */
export interface NewVersion {
  basedOn: number;
  summary: string;
  expectations: Expectation[];
}

export const saveVersion = (model: string, { basedOn, summary, expectations }: NewVersion) =>
  callApi(expectationSuite, expectationsPath(model), {
    method: 'PUT',
    body: { based_on: basedOn, summary: summary.trim() || null, expectations },
  });
