import type { PerformanceProfile } from '@plumbline/contracts';
import { scoreBins } from '@plumbline/contracts';
import { classPlaceSql, placeCounts } from './class-places.ts';
import { addClassBin, addRivalBin, classNumbers, classRows, rivalRows } from './class-profiles.ts';
import type { ColumnarModel } from './columnar.ts';
import { emptyPerformance, shapeOf } from './empty-performance.ts';
import { readErrorSizes, sizeBins, sizeSums } from './error-sizes.ts';
import { readErrorSpread, spreadRows, spreadSums } from './error-spread.ts';
import type { PartScan } from './event-relation.ts';
import { delayBinSql, delayColumn } from './label-delays.ts';
import { outcomeSql } from './outcome-sql.ts';
import { createParams } from './params.ts';
import type { PartColumn } from './part-columns.ts';
import { rankingSql, readRanking } from './ranking-groups.ts';
import { type ProfileScope, slotColumns, slottedEvents } from './slotted-events.ts';
import { clampSql, summableSql } from './sql-text.ts';

export interface SlotPerformance {
  start: number;
  version: string;
  environment: string;
  events: number;
  /** Prediction time of the newest event, epoch ms. */
  newestMs: number;
  performance: PerformanceProfile;
}

/** Text that tells the slots of one result apart. */
export function slotKey(start: unknown, version: unknown, environment: unknown): string {
  return `${start} ${environment} ${version}`;
}

/** Counts of every slot that holds events, with an empty performance. */
async function eventCounts(scan: PartScan, scope: ProfileScope): Promise<SlotPerformance[]> {
  const params = createParams();
  const events = await slottedEvents(scan, scope, [], ['predicted_ms'], params);
  const counts = branch('events', [], ['count(*)', '0', 'max(predicted_ms)']);
  const result = await scan.session.columns(`WITH selected AS (${events}) ${counts}`, params.values);
  return collect(result, scan.model);
}

/** Counts and performance of every slot that holds events, in the order of (start, version, environment). */
export async function performanceProfiles(scan: PartScan, scope: ProfileScope): Promise<SlotPerformance[]> {
  if (!scope.withPerformance) return eventCounts(scan, scope);
  const { model, session } = scan;
  const params = createParams();
  const outcome = outcomeSql(model, params);
  const { isClassification, isBinary, isScored, isRegression } = shapeOf(model);
  const expressions = [
    'predicted_ms',
    `${outcome.labelled} AS labelled`,
    `${delayBinSql(outcome.labelled)} AS delay_bin`,
  ];
  const branches = [
    branch('events', [], ['count(*)', 'count_if(labelled)', 'max(predicted_ms)']),
    branch('delay', [], ['delay_bin', 'count(*)'], 'delay_bin IS NOT NULL', ', delay_bin'),
  ];
  if (isClassification) {
    expressions.push('actual_label', 'prediction_label');
    branches.push(
      branch(
        'confusion',
        ['actual_label', 'prediction_label'],
        ['count(*)'],
        'labelled AND prediction_label IS NOT NULL',
      ),
    );
  }
  if (isScored) {
    expressions.push(`${outcome.logLoss} AS log_loss`, `${outcome.brier} AS brier`);
    branches.push(
      branch(
        'losses',
        [],
        ['count(*)', 'fsum(log_loss)', 'fsum(brier)', moment('log_loss'), moment('brier')],
        'log_loss IS NOT NULL',
      ),
    );
  }
  if (isScored && !isBinary) {
    expressions.push('prediction_scores', `${classPlaceSql} AS class_place`);
    branches.push(
      branch('place', [], placeCounts.numbers, placeCounts.where, ', class_place'),
      branch('classified', [], ['count(*)'], classRows.where),
      branch('class', ['class'], classNumbers, 'true', ', bin', classRows.from),
      branch('rival', ['class', 'actual_label'], rivalRows.numbers, rivalRows.where, ', bin', classRows.from),
    );
  }
  if (isBinary && isScored) {
    expressions.push(
      'prediction_score AS score',
      `${outcome.positive} AS positive`,
      `${outcome.predictedPositive} AS predicted_positive`,
      `${clampSql(`floor(prediction_score * ${scoreBins})`, '0', String(scoreBins - 1))} AS bin`,
    );
    branches.push(
      branch(
        'bin',
        [],
        ['bin', 'count_if(positive)', 'count_if(NOT positive)', 'fsum(score)'],
        'log_loss IS NOT NULL',
        ', bin',
      ),
      branch(
        'prediction',
        [],
        ['bin', 'count(*)', 'fsum(score)', 'count_if(predicted_positive)'],
        'score IS NOT NULL AND predicted_positive IS NOT NULL',
        ', bin',
      ),
    );
  }
  if (isRegression) {
    expressions.push(`${outcome.error} AS e`, `${summableSql('actual_score')} AS actual`);
    expressions.push(`${summableSql('prediction_score')} AS predicted`);
    branches.push(
      branch(
        'errors',
        [],
        [
          'count(*)',
          'fsum(e)',
          'fsum(abs(e))',
          'fsum(e * e)',
          'count_if(actual <> 0)',
          'coalesce(fsum(abs(e) / abs(actual)) FILTER (WHERE actual <> 0), 0)',
          'favg(actual)',
          moment('actual'),
          moment('e'),
          moment('abs(e)'),
        ],
        'e IS NOT NULL',
      ),
      branch('spread', [], spreadSums, 'true', '', spreadRows),
      branch('sizes', [], sizeSums.numbers, 'true', '', sizeSums.rows),
      branch('size', [], sizeBins.numbers, 'true', ', size', sizeBins.rows),
    );
  }
  if (model.task === 'ranking') {
    expressions.push(...rankingSql.expressions);
    branches.push(branch('ranking', [], rankingSql.sums, 'true', '', rankingSql.rows));
  }
  const columns: PartColumn[] = [
    ...outcome.columns,
    delayColumn,
    ...(model.task === 'ranking' ? rankingSql.columns : []),
  ];
  const events = await slottedEvents(scan, scope, columns, expressions, params);
  const result = await session.columns(
    `WITH selected AS MATERIALIZED (${events}) ${branches.join(' UNION ALL ')}`,
    params.values,
  );
  return collect(result, model);
}

const numbersPerRow = 13;
const moment = (x: string) => `coalesce(var_pop(${x}) * count(*), 0)`;

function branch(
  kind: string,
  labels: string[],
  numbers: readonly string[],
  where = 'true',
  groupBy = '',
  from = 'selected',
): string {
  const padded = Array.from({ length: numbersPerRow }, (_, i) => `(${numbers[i] ?? 'NULL'})::DOUBLE`);
  const text = [labels[0] ?? 'NULL::VARCHAR', labels[1] ?? 'NULL::VARCHAR'];
  const keys = [slotColumns, ...labels].join(', ') + groupBy;
  return `SELECT '${kind}', slot::DOUBLE, model_version, environment, ${[...text, ...padded].join(', ')}
    FROM ${from} WHERE ${where} GROUP BY ${keys}`;
}

function collect(columns: unknown[][], model: ColumnarModel): SlotPerformance[] {
  const slots = new Map<string, SlotPerformance>();
  const rowCount = columns[0]?.length ?? 0;
  const text = (column: number, row: number) => String(columns[column]?.[row]);
  const number = (position: number, row: number) => Number(columns[6 + position]?.[row] ?? 0);
  const byKind = new Map<unknown, number[]>();
  for (let row = 0; row < rowCount; row++) {
    const kind = columns[0]?.[row];
    const rows = byKind.get(kind);
    if (rows) rows.push(row);
    else byKind.set(kind, [row]);
  }
  const rowsOf = (kind: string) => byKind.get(kind) ?? [];
  const slotOf = (row: number) => slots.get(slotKey(columns[1]?.[row], columns[2]?.[row], columns[3]?.[row]));

  for (const row of rowsOf('events')) {
    const start = Number(columns[1]?.[row]);
    const [version, environment] = [text(2, row), text(3, row)];
    slots.set(slotKey(start, version, environment), {
      start,
      version,
      environment,
      events: number(0, row),
      newestMs: number(2, row),
      performance: { ...emptyPerformance(model), labelled: number(1, row) },
    });
  }
  for (const row of rowsOf('delay').sort((a, b) => number(0, a) - number(0, b))) {
    const delays = slotOf(row)?.performance.delays;
    delays?.bins.push(number(0, row));
    delays?.counts.push(number(1, row));
  }
  for (const row of rowsOf('confusion'))
    slotOf(row)?.performance.confusion?.push({
      actual: text(4, row),
      predicted: text(5, row),
      count: number(0, row),
    });
  for (const row of rowsOf('losses')) {
    const performance = slotOf(row)?.performance;
    const losses = performance?.scores ?? performance?.probabilities;
    if (!losses) continue;
    losses.n = number(0, row);
    losses.logLossSum = number(1, row);
    losses.brierSum = number(2, row);
    losses.spread = { logLossM2: number(3, row), brierM2: number(4, row) };
  }
  for (const row of rowsOf('bin'))
    slotOf(row)?.performance.scores?.bins.push({
      bin: number(0, row),
      positives: number(1, row),
      negatives: number(2, row),
      scoreSum: number(3, row),
    });
  for (const row of rowsOf('prediction').sort((a, b) => number(0, a) - number(0, b))) {
    const predictions = slotOf(row)?.performance.predictions;
    predictions?.bins.push(number(0, row));
    predictions?.counts.push(number(1, row));
    predictions?.scoreSums.push(number(2, row));
    predictions?.positives.push(number(3, row));
  }
  for (const row of rowsOf('classified')) {
    const classes = slotOf(row)?.performance.classes;
    if (classes) classes.n = number(0, row);
  }
  for (const row of rowsOf('class').sort((a, b) => number(0, a) - number(0, b))) {
    const classes = slotOf(row)?.performance.classes;
    if (classes) addClassBin(classes, text(4, row), (position) => number(position, row));
  }
  for (const row of rowsOf('rival').sort((a, b) => number(0, a) - number(0, b))) {
    const classes = slotOf(row)?.performance.classes;
    const place = { label: text(4, row), rival: text(5, row), bin: number(0, row), count: number(1, row) };
    if (classes) addRivalBin(classes, place);
  }
  for (const row of rowsOf('errors')) {
    const performance = slotOf(row)?.performance;
    if (performance)
      performance.errors = {
        n: number(0, row),
        sum: number(1, row),
        sumAbsolute: number(2, row),
        sumSquares: number(3, row),
        percentageN: number(4, row),
        percentageSum: number(5, row),
        actualMean: number(6, row),
        actualM2: number(7, row),
        m2: number(8, row),
        absoluteM2: number(9, row),
      };
  }
  for (const row of rowsOf('spread')) {
    const errors = slotOf(row)?.performance.errors;
    const spread = readErrorSpread((position) => number(position, row));
    if (errors && spread) errors.spread = spread;
  }
  for (const row of rowsOf('sizes')) {
    const errors = slotOf(row)?.performance.errors;
    if (errors) errors.sizes = readErrorSizes((position) => number(position, row));
  }
  for (const row of rowsOf('size').sort((a, b) => number(0, a) - number(0, b))) {
    const sizes = slotOf(row)?.performance.errors?.sizes;
    sizes?.bins.push(number(0, row));
    sizes?.counts.push(number(1, row));
  }
  for (const row of rowsOf('place')) {
    const places = slotOf(row)?.performance.probabilities?.places;
    if (places) places[number(0, row) - 1] = number(1, row);
  }
  for (const row of rowsOf('ranking')) {
    const performance = slotOf(row)?.performance;
    if (performance) performance.ranking = readRanking((position) => number(position, row));
  }
  for (const { performance } of slots.values()) {
    performance.confusion?.sort((a, b) => compare(a.actual, b.actual) || compare(a.predicted, b.predicted));
    performance.scores?.bins.sort((a, b) => a.bin - b.bin);
    performance.classes?.classes.sort((a, b) => compare(a.label, b.label));
    for (const { rivals } of performance.classes?.classes ?? [])
      rivals.sort((a, b) => compare(a.label, b.label));
  }
  return [...slots.values()].sort(
    (a, b) => a.start - b.start || compare(a.version, b.version) || compare(a.environment, b.environment),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
