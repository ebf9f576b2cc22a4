import {
  type Dimension,
  levelCount,
  type Segment,
  type SegmentCounting,
  scoreBins,
} from '@plumbline/contracts';
import type { EventSelection } from './columnar.ts';
import { dimensionSql } from './dimension-sql.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { outcomeSql } from './outcome-sql.ts';
import { createParams, type Params } from './params.ts';
import type { PartColumn } from './part-columns.ts';
import { rowMeasureSql } from './row-measure-sql.ts';
import { clampSql } from './sql-text.ts';

/** Dimensions grouped in one scan. */
const dimensionsPerScan = 16;

/** See `Columnar.segments`. */
export async function segments(
  scan: PartScan,
  selection: EventSelection,
  { dimensions, counting }: { dimensions: Dimension[]; counting: SegmentCounting },
): Promise<Segment[][]> {
  const found = dimensions.map((dimension) =>
    Array.from({ length: levelCount(dimension) }, () => emptySegment(counting)),
  );
  for (let first = 0; first < dimensions.length; first += dimensionsPerScan)
    await count(
      scan,
      selection,
      dimensions.slice(first, first + dimensionsPerScan),
      counting,
      found.slice(first),
    );
  return found;
}

function emptySegment({ of }: SegmentCounting): Segment {
  const bins = of === 'scores' ? scoreBins : 0;
  return {
    events: 0,
    moments: { n: 0, mean: 0, m2: 0 },
    outcomes: { tp: 0, fp: 0, fn: 0, tn: 0 },
    positives: new Float64Array(bins),
    negatives: new Float64Array(bins),
  };
}

async function count(
  scan: PartScan,
  selection: EventSelection,
  dimensions: Dimension[],
  counting: SegmentCounting,
  found: Segment[][],
): Promise<void> {
  const params = createParams();
  const levels = dimensions.map((dimension) => dimensionSql(scan.model, dimension, params));
  const counted = countedSql(scan, counting, params);
  const needed = new Map(
    [...levels.flatMap(({ columns }) => columns), ...counted.columns].map((c) => [c.name, c]),
  );
  const events = await eventRelation(scan, selection, [...needed.values()], params);
  const codes = levels.map((_, i) => `c${i}`);
  const isBinned = counting.of === 'scores';
  const sets = codes.map((code) => (isBinned ? `(${code}, bin)` : `(${code})`)).join(', ');
  // A level is never null: where a code is, the group is of its dimension.
  const dimension = `CASE ${codes.map((code, i) => `WHEN ${code} IS NOT NULL THEN ${i}`).join(' ')} END`;
  const rows = await scan.session.columns(
    `SELECT ${[dimension, `coalesce(${codes.join(', ')})`, 'count(*)', ...counted.sums].map((sql) => `(${sql})::DOUBLE`).join(', ')}
     FROM (SELECT ${[...levels.map(({ sql }, i) => `${sql} AS c${i}`), ...counted.row].join(', ')} FROM (${events}))
     GROUP BY GROUPING SETS (${sets})`,
    params.values,
  );
  const groups = rows[0]?.length ?? 0;
  for (let row = 0; row < groups; row++) {
    const [index = 0, code = 0, n = 0, ...sums] = rows.map((column) => Number(column[row] ?? 0));
    const segment = found[index]?.[code];
    if (!segment) continue;
    segment.events += n;
    add(segment, counting, sums);
  }
}

/** What is read of a row and what is summed of a group, in the order {@link add} takes it. */
function countedSql(
  { model }: PartScan,
  counting: SegmentCounting,
  params: Params,
): { columns: readonly PartColumn[]; row: string[]; sums: string[] } {
  if (counting.of === 'measure') {
    const { sql, columns } = rowMeasureSql(model, counting.measure, params);
    return { columns, row: [`${sql} AS x`], sums: ['count(x)', 'favg(x)', 'var_pop(x) * count(x)'] };
  }
  const outcome = outcomeSql(model, params);
  const columns = [...outcome.columns, { name: 'prediction_score', type: 'DOUBLE' } as const];
  const row = [`(${outcome.positive})::BOOLEAN AS y`, `(${outcome.predictedPositive})::BOOLEAN AS predicted`];
  if (counting.of === 'outcomes') {
    const cells = [
      'y AND predicted',
      'NOT y AND predicted',
      'y AND NOT predicted',
      'NOT y AND NOT predicted',
    ];
    return { columns, row, sums: cells.map((cell) => `count_if(${cell})`) };
  }
  const bin = clampSql(`floor(prediction_score * ${scoreBins})`, '0', String(scoreBins - 1));
  return {
    columns,
    row: [...row, `${bin} AS bin`],
    sums: ['bin', 'count_if(y AND bin IS NOT NULL)', 'count_if(NOT y AND bin IS NOT NULL)'],
  };
}

function add(segment: Segment, { of }: SegmentCounting, sums: number[]): void {
  const [a = 0, b = 0, c = 0, d = 0] = sums;
  if (of === 'measure') segment.moments = { n: a, mean: b, m2: c };
  else if (of === 'outcomes') segment.outcomes = { tp: a, fp: b, fn: c, tn: d };
  else {
    segment.positives[a] = (segment.positives[a] ?? 0) + b;
    segment.negatives[a] = (segment.negatives[a] ?? 0) + c;
  }
}
