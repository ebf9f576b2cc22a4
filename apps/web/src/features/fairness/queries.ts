import { distributionAnswer, fairnessAnswer } from '@plumbline/contracts';
import { callApi } from '../../api-client.ts';
import { apiQuery } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';
import type { ViewQuery } from '../../view-search.ts';

interface FairnessParameters {
  attributes: string[];
  reference: string[] | undefined;
  favourable: string | undefined;
  beside: string | undefined;
}

/** A question with repeated parameters; its path is its key. */
export function fairnessQuery(
  model: string,
  { granularity: _, ...view }: ViewQuery,
  asked: FairnessParameters,
) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) if (value !== undefined) parameters.set(name, value);
  for (const attribute of asked.attributes) parameters.append('attribute', attribute);
  for (const value of asked.reference ?? []) parameters.append('reference_group', value);
  if (asked.favourable !== undefined) parameters.set('favourable_label', asked.favourable);
  if (asked.beside !== undefined) parameters.set('compare_to', asked.beside);
  const path = `${modelPath(model)}/fairness?${parameters}`;
  return {
    queryKey: [path] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) => callApi(fairnessAnswer, path, { signal }),
  };
}

/** The labels that are predicted. */
export const labelsQuery = (model: string, query: ViewQuery) =>
  apiQuery(distributionAnswer, `${modelPath(model)}/distribution`, { ...query, column: 'prediction_label' });
