import { type BinSetColumn, type ColumnProfile, unknownNegativeLabel } from '@plumbline/contracts';
import { type Moments, mergeMoments } from '@plumbline/stats';
import { binCount, type NumericBins, numericBinSql } from './bin-sql.ts';
import type { ColumnarModel } from './columnar.ts';
import type { PartScan } from './event-relation.ts';
import { type Field, resolveField } from './field.ts';
import { createParams, type Params } from './params.ts';
import { slotKey } from './performance-profiles.ts';
import { type ProfileScope, slotColumns, slottedEvents } from './slotted-events.ts';
import { summableSql } from './sql-text.ts';

/** What a column adds to the profile of one slot; slots without a value of the column are left out. */
export type ColumnProfiles = Map<string, Omit<ColumnProfile, 'missing'>>;

/** Columns read in one scan. */
const columnsPerScan = 24;

/** Profiles of columns by slot: column by column in the order given, keyed as {@link slotKey} does. */
export async function columnProfiles(
  scan: PartScan,
  scope: ProfileScope,
  columns: BinSetColumn[],
): Promise<ColumnProfiles[]> {
  const profiles: ColumnProfiles[] = columns.map(() => new Map());
  for (let first = 0; first < columns.length; first += columnsPerScan)
    await scanColumns(scan, scope, columns.slice(first, first + columnsPerScan), profiles.slice(first));
  return profiles;
}

async function scanColumns(
  scan: PartScan,
  scope: ProfileScope,
  columns: BinSetColumn[],
  profiles: ColumnProfiles[],
) {
  const params = createParams();
  const fields = columns.map((column) => resolveField(scan.model, column.column, params));
  const values = columns.map((column, i) => {
    const field = fields[i];
    const isCategory = column.bins.layout === 'categorical';
    return `${isCategory ? knownCategorySql(scan.model, column, field, params) : finiteSql(field)} AS x${i}`;
  });
  const needed = fields.flatMap((field) => field.columns);
  const events = await slottedEvents(scan, scope, needed, values, params);
  const branches = columns.map(({ bins }, i) =>
    bins.layout === 'categorical' ? categoricalSql(i, bins, params) : numericSql(i, bins),
  );
  const rows = await scan.session.columns(
    `WITH selected AS MATERIALIZED (${events}) ${branches.join(' UNION ALL ')}`,
    params.values,
  );
  const rowCount = rows[0]?.length ?? 0;
  const binMoments = new Map<Omit<ColumnProfile, 'missing'>, Moments[]>();
  for (let row = 0; row < rowCount; row++) {
    const index = Number(rows[0]?.[row]);
    const column = columns[index];
    const bySlot = profiles[index];
    if (!column || !bySlot) continue;
    const key = slotKey(rows[1]?.[row], rows[2]?.[row], rows[3]?.[row]);
    let profile = bySlot.get(key);
    if (!profile) {
      profile = emptyProfile(column);
      bySlot.set(key, profile);
    }
    const number = (position: number) => Number(rows[position]?.[row] ?? 0);
    const bin = number(4);
    const n = number(5);
    profile.counts[bin] = n;
    if (column.bins.layout === 'categorical') {
      profile.n += n;
      const top = rows[10]?.[row];
      if (typeof top === 'string') profile.unseen = JSON.parse(top);
      continue;
    }
    const [sum, m2, min, max] = [number(6), number(7), number(8), number(9)];
    if (profile.sums) profile.sums[bin] = sum;
    profile.min = Math.min(profile.min ?? min, min);
    profile.max = Math.max(profile.max ?? max, max);
    const moments = binMoments.get(profile) ?? [];
    moments[bin] = { n, mean: sum / n, m2 };
    binMoments.set(profile, moments);
  }
  // In the order of the bins, so that the same events give the same digits again.
  for (const [profile, moments] of binMoments) Object.assign(profile, moments.reduce(mergeMoments));
}

/** The profile of a column no event has a value of. */
export function emptyProfile({ bins }: BinSetColumn): Omit<ColumnProfile, 'missing'> {
  const counts = new Array<number>(binCount(bins)).fill(0);
  return bins.layout === 'categorical' ? { n: 0, counts, unseen: [] } : { n: 0, counts, sums: [...counts] };
}

/** The field as a finite DOUBLE, else NULL. */
export function finiteSql(field: Field | undefined): string {
  return field?.kind === 'number' ? `CASE WHEN isfinite(${field.sql}) THEN ${field.sql} END` : 'NULL::DOUBLE';
}

/**
 * The category of an event. Predictions that were stored before the negative class of a binary model had a name count
 * under the name that the reference gives it.
 */
function knownCategorySql(
  model: ColumnarModel,
  { column, bins }: BinSetColumn,
  field: Field | undefined,
  params: Params,
): string {
  const value = categorySql(field);
  if (model.task !== 'binary_classification' || column !== 'prediction_label') return value;
  const labels = bins.layout === 'categorical' ? [...bins.values, ...bins.rare] : [];
  const [negative, another] = labels.filter((label) => label !== model.positiveLabel);
  if (negative === undefined || another !== undefined) return value;
  const unnamed = params.add(unknownNegativeLabel);
  return `CASE WHEN ${value} = ${unnamed} THEN ${params.add(negative)} ELSE ${value} END`;
}

/** The field as a category, booleans as `true` and `false`. */
export function categorySql(field: Field | undefined): string {
  return field && field.kind !== 'number' ? `(${field.sql})::VARCHAR` : 'NULL::VARCHAR';
}

function numericSql(index: number, bins: NumericBins): string {
  const x = `x${index}`;
  const cut = summableSql(x);
  return `SELECT ${index}, slot::DOUBLE, model_version, environment, ${numericBinSql(bins, x)} AS bin,
    count(*)::DOUBLE, fsum(${cut}), var_pop(${cut}) * count(*), min(${x}), max(${x}), NULL::VARCHAR
    FROM selected WHERE ${x} IS NOT NULL GROUP BY ${slotColumns}, bin`;
}

function categoricalSql(index: number, bins: { values: string[]; rare: string[] }, params: Params): string {
  const other = bins.values.length;
  const known = params.add(JSON.stringify([...bins.values, ...bins.rare]));
  return `SELECT ${index}, slot::DOUBLE, model_version, environment, bin,
    sum(n)::DOUBLE, NULL, NULL, NULL, NULL,
    to_json(list({'value': value, 'count': n} ORDER BY n DESC, value) FILTER (WHERE bin = ${other + 1})[1:10])::VARCHAR
    FROM (SELECT ${slotColumns}, counted.value, n, coalesce(bins.bin, ${other + 1}) AS bin
      FROM (SELECT ${slotColumns}, x${index} AS value, count(*) AS n FROM selected
        WHERE x${index} IS NOT NULL GROUP BY ALL) counted
      LEFT JOIN (SELECT value, least(position - 1, ${other}) AS bin FROM (SELECT unnest(names) AS value,
        generate_subscripts(names, 1) AS position FROM (SELECT from_json(${known}, '["VARCHAR"]') AS names))) bins
      ON bins.value = counted.value)
    GROUP BY ${slotColumns}, bin`;
}
