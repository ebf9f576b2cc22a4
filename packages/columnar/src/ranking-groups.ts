import { type RankingProfile, rankingCutoff, rankingMeasures } from '@plumbline/contracts';
import type { PartColumn } from './part-columns.ts';

const columns: readonly PartColumn[] = [
  { name: 'prediction_id', type: 'VARCHAR' },
  { name: 'predicted_ms', type: 'BIGINT' },
  { name: 'model_version', type: 'VARCHAR' },
  { name: 'environment', type: 'VARCHAR' },
  { name: 'group_id', type: 'VARCHAR' },
  { name: 'rank', type: 'DOUBLE' },
];

const hourMs = 3_600_000;

/** A list is one group, version and environment in one UTC hour. */
const expressions: readonly string[] = [
  'prediction_id',
  'group_id',
  `{'group': group_id, 'hour': predicted_ms // ${hourMs}, 'version': model_version, 'environment': environment} AS list`,
  'rank AS given_rank',
  'prediction_score AS score',
  'CASE WHEN actual_score > 0 THEN least(actual_score, 1e150) ELSE 0e0 END AS gain',
];

const inSlot = 'slot, model_version, environment, list';
const atCutoff = `place <= ${rankingCutoff}`;

/**
 * One row for each list that holds something relevant: the events of a group in order of their rank, else of their score,
 * an event without an actual counting as not relevant.
 */
const rows = `(
  WITH placed AS (
    SELECT *, gain > 0 AS relevant,
      row_number() OVER (PARTITION BY ${inSlot} ORDER BY given_rank NULLS LAST, score DESC NULLS LAST, prediction_id) AS place,
      row_number() OVER (PARTITION BY ${inSlot} ORDER BY gain DESC) AS ideal_place
    FROM selected WHERE group_id IS NOT NULL
  ), found AS (
    SELECT *, count_if(relevant) OVER (PARTITION BY ${inSlot} ORDER BY place) AS hits FROM placed
  )
  SELECT slot, model_version, environment,
    sum(gain / log2(place + 1)) FILTER (WHERE ${atCutoff})
      / sum(gain / log2(ideal_place + 1)) FILTER (WHERE ideal_place <= ${rankingCutoff}) AS ndcg,
    coalesce(sum(hits / place) FILTER (WHERE relevant AND ${atCutoff}), 0) / count_if(relevant) AS map,
    coalesce(1 / min(place) FILTER (WHERE relevant AND ${atCutoff}), 0) AS mrr,
    bool_or(relevant AND ${atCutoff})::INTEGER AS hit_rate,
    count_if(relevant AND ${atCutoff}) / ${rankingCutoff} AS precision_at_k,
    count_if(relevant AND ${atCutoff}) / count_if(relevant) AS recall_at_k
  FROM found GROUP BY ${inSlot} HAVING count_if(relevant) > 0)`;

const sums: readonly string[] = [
  'count(*)',
  ...rankingMeasures.flatMap((measure) => [
    `fsum(${measure})`,
    `coalesce(var_pop(${measure}) * count(*), 0)`,
  ]),
];

/** What a profile needs of events, the lists made of them, and the aggregates over lists that {@link readRanking} takes. */
export const rankingSql = { columns, expressions, rows, sums };

export function readRanking(number: (position: number) => number): RankingProfile {
  const profile = noRanking();
  profile.lists = number(0);
  rankingMeasures.forEach((measure, i) => {
    profile.measures[measure] = { sum: number(1 + 2 * i), m2: number(2 + 2 * i) };
  });
  return profile;
}

/** The profile of no list. */
export function noRanking(): RankingProfile {
  const nothing = () => ({ sum: 0, m2: 0 });
  return {
    lists: 0,
    measures: {
      ndcg: nothing(),
      map: nothing(),
      mrr: nothing(),
      hit_rate: nothing(),
      precision_at_k: nothing(),
      recall_at_k: nothing(),
    },
  };
}
