import {
  type DiscardBody,
  discardAnswer,
  type MappingRule,
  mappingRulesBody,
  quarantineAnswer,
  type ReplayAnswer,
  type ReplayBody,
  replayAnswer,
} from '@plumbline/contracts';
import { callApi } from '../../api-client.ts';
import { apiQuery } from '../../api-query.ts';
import { modelPath } from '../../model-queries.ts';
import type { QuarantineSearch } from '../../page-search.ts';

const quarantinePath = (model: string) => `${modelPath(model)}/quarantine`;
const rulesPath = (model: string) => `${modelPath(model)}/mapping-rules`;

/** Counts by fault and field of the rows with a status. */
export const groupsQuery = (model: string, status: QuarantineSearch['status']) =>
  apiQuery(quarantineAnswer, quarantinePath(model), { status, limit: 1 });

/** Pages of the rows, newest first. */
export const rowsQuery = (model: string, { status, code, field, kind }: QuarantineSearch) => {
  const query = { status, code, field, kind, limit: 25 };
  return {
    queryKey: [quarantinePath(model), { ...query, pages: 'all' }],
    queryFn: ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) =>
      callApi(quarantineAnswer, quarantinePath(model), { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: { next_cursor: string | null }) => last.next_cursor ?? undefined,
  };
};

export const mappingRulesQuery = (model: string) => apiQuery(mappingRulesBody, rulesPath(model));

export const saveMappingRules = (model: string, rules: MappingRule[]) =>
  callApi(mappingRulesBody, rulesPath(model), { method: 'PUT', body: { rules } });

/** Replays all rows of a selection, request after request, and adds the answers up. */
export async function replayAll(model: string, selection: ReplayBody): Promise<ReplayAnswer> {
  let total: ReplayAnswer | undefined;
  for (let cursor: string | null = null; total === undefined || cursor !== null; ) {
    const body: ReplayBody = cursor === null ? selection : { ...selection, cursor };
    const answer: ReplayAnswer = await callApi(replayAnswer, `${quarantinePath(model)}/replay`, {
      method: 'POST',
      body,
    });
    total = {
      ...answer,
      replayed: answer.replayed + (total?.replayed ?? 0),
      duplicates: answer.duplicates + (total?.duplicates ?? 0),
      still_rejected: [...(total?.still_rejected ?? []), ...answer.still_rejected],
      still_rejected_total: answer.still_rejected_total + (total?.still_rejected_total ?? 0),
    };
    cursor = answer.next_cursor;
  }
  return total;
}

export const discard = (model: string, selection: DiscardBody) =>
  callApi(discardAnswer, `${quarantinePath(model)}/discard`, { method: 'POST', body: selection });
