import { type AttributeGroup, type GroupOutcomes, scoreBins } from '@plumbline/contracts';
import { type Moments, mergeMoments } from '@plumbline/stats';
import type { GroupedOutcomes, GroupOutcomesQuery } from './columnar.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { favourableSql } from './favourable-sql.ts';
import { type Field, resolveField } from './field.ts';
import { groupValue } from './group-value.ts';
import { createParams } from './params.ts';
import type { PartColumn } from './part-columns.ts';
import { clampSql, doubleLiteral } from './sql-text.ts';

const calibrationBins = 10;

/** The attributes have more groups than a question takes. */
export class TooManyGroupsError extends Error {}

/** See `Columnar.groupOutcomes`: one scan, grouped by the attributes and the bin of the score. */
export async function groupOutcomes(scan: PartScan, query: GroupOutcomesQuery): Promise<GroupedOutcomes> {
  const params = createParams();
  const outcome = favourableSql(scan.model, query.favourableLabel, params);
  const fields = query.attributes.map(({ field }) => resolveField(scan.model, field, params));
  const needed: PartColumn[] = [
    { name: 'predicted_ms', type: 'BIGINT' },
    ...outcome.columns,
    ...fields.flatMap((field) => field.columns),
  ];
  const columns = [...new Map(needed.map((column) => [column.name, column])).values()];
  const events = await eventRelation(scan, query, columns, params);
  const keys = fields.map((_, i) => `g${i}`);
  const outcomes = `SELECT ${[
    'predicted_ms',
    ...fields.map((field, i) => `${keySql(field, query.attributes[i]?.edges)} AS g${i}`),
    `${outcome.labelled} AS labelled`,
    `(${outcome.selected})::BOOLEAN AS selected`,
    `(${outcome.positive})::BOOLEAN AS positive`,
    `(${outcome.correct})::BOOLEAN AS correct`,
    `(${outcome.named})::BOOLEAN AS named`,
    `(${outcome.score})::DOUBLE AS score`,
    `(${outcome.error})::DOUBLE AS e`,
  ].join(', ')} FROM (${events})`;
  const grouped = [...keys, 'bin'].join(', ');
  const rows = await scan.session.rows(
    `SELECT ${grouped}, ${aggregates.join(', ')}
     FROM (SELECT *, ${outcome.isScored ? binSql : 'NULL'} AS bin FROM (${outcomes}))
     GROUP BY ${grouped} ORDER BY ${[...keys, 'bin'].map((key) => `${key} NULLS LAST`).join(', ')}
     LIMIT ${query.maxGroups * (calibrationBins + 1) + 1}`,
    params.values,
  );
  const found = new Map<string, AttributeGroup>();
  for (const row of rows) {
    const values = keys.map((key) => groupValue(row[key]));
    const name = JSON.stringify(values);
    const group = found.get(name) ?? { values, outcomes: noOutcomes() };
    found.set(name, group);
    addRow(group.outcomes, row);
  }
  if (found.size > query.maxGroups) throw new TooManyGroupsError(`more than ${query.maxGroups} groups`);
  const first = rows.map((row) => Number(row.first_ms));
  const last = rows.map((row) => Number(row.last_ms));
  return {
    groups: [...found.values()],
    extent: rows.length === 0 ? null : { minMs: Math.min(...first), maxMs: Math.max(...last) },
    hasLabel: rows.some((row) => row.has_label === true),
  };
}

function keySql(field: Field, edges: number[] | undefined): string {
  if (!edges) return field.sql;
  const ranges = edges.map((edge, i) => `WHEN ${field.sql} >= ${doubleLiteral(edge)} THEN ${i + 1}`);
  return `CASE WHEN ${field.sql} IS NULL THEN NULL ${ranges.reverse().join(' ')} ELSE 0 END`;
}

const scoreBinSql = clampSql(`floor(score * ${scoreBins})`, '0', String(scoreBins - 1));
const binSql = `floor((${scoreBinSql}) / ${scoreBins / calibrationBins})`;

const momentsSql = (x: string, name: string) => [
  `count(${x}) AS ${name}_n`,
  `favg(${x}) AS ${name}_mean`,
  `var_pop(${x}) * count(${x}) AS ${name}_m2`,
];

const aggregates = [
  'min(predicted_ms) AS first_ms',
  'max(predicted_ms) AS last_ms',
  'coalesce(bool_or(named), false) AS has_label',
  'count(*) AS events',
  'count_if(labelled) AS labelled',
  'count(selected) AS predicted',
  'count_if(selected) AS selected',
  'count_if(positive AND selected) AS tp',
  'count_if(NOT positive AND selected) AS fp',
  'count_if(positive AND NOT selected) AS fn',
  'count_if(NOT positive AND NOT selected) AS tn',
  'count(correct) AS judged',
  'count_if(correct) AS correct',
  'count_if(score IS NOT NULL AND positive) AS positives',
  'count_if(score IS NOT NULL AND NOT positive) AS negatives',
  'coalesce(fsum(score) FILTER (WHERE positive IS NOT NULL), 0) AS score_sum',
  ...momentsSql('score', 'score'),
  ...momentsSql('e', 'error'),
  ...momentsSql('abs(e)', 'absolute'),
];

const noMoments = (): Moments => ({ n: 0, mean: 0, m2: 0 });
const zeros = () => new Array<number>(calibrationBins).fill(0);

function noOutcomes(): GroupOutcomes {
  return {
    events: 0,
    labelled: 0,
    predicted: 0,
    selected: 0,
    confusion: { tp: 0, fp: 0, fn: 0, tn: 0 },
    judged: 0,
    correct: 0,
    scores: noMoments(),
    calibration: { positives: zeros(), negatives: zeros(), scoreSums: zeros() },
    errors: noMoments(),
    absoluteErrors: noMoments(),
  };
}

function addRow(outcomes: GroupOutcomes, row: Record<string, unknown>): void {
  const number = (name: string) => Number(row[name] ?? 0);
  const moments = (name: string): Moments => ({
    n: number(`${name}_n`),
    mean: number(`${name}_mean`),
    m2: number(`${name}_m2`),
  });
  for (const name of ['events', 'labelled', 'predicted', 'selected', 'judged', 'correct'] as const)
    outcomes[name] += number(name);
  for (const name of ['tp', 'fp', 'fn', 'tn'] as const) outcomes.confusion[name] += number(name);
  outcomes.scores = mergeMoments(outcomes.scores, moments('score'));
  outcomes.errors = mergeMoments(outcomes.errors, moments('error'));
  outcomes.absoluteErrors = mergeMoments(outcomes.absoluteErrors, moments('absolute'));
  if (row.bin === null || row.bin === undefined) return;
  const bin = number('bin');
  outcomes.calibration.positives[bin] = number('positives');
  outcomes.calibration.negatives[bin] = number('negatives');
  outcomes.calibration.scoreSums[bin] = number('score_sum');
}
