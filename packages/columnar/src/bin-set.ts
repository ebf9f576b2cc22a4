import type { BinSet, BinSetColumn, Bins } from '@plumbline/contracts';
import { categorySql, finiteSql } from './column-profiles.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { resolveField } from './field.ts';
import { createParams } from './params.ts';

const quantileBins = 20;
const mostDiscreteValues = 20;
const mostCategories = 100;
const leastCategoryShare = 0.001;
const mostRareValues = 10_000;

/** Frozen bins of features, prediction and actual from reference parts; columns without a value are left out. */
export async function buildBinSet(scan: PartScan): Promise<BinSet> {
  const columns: BinSetColumn[] = [];
  for (const { column, kind } of candidates(scan)) {
    const bins = kind === 'numeric' ? await numericBins(scan, column) : await categoricalBins(scan, column);
    if (bins) columns.push({ column, kind, bins });
  }
  return { columns };
}

function candidates({ model }: PartScan): Pick<BinSetColumn, 'column' | 'kind'>[] {
  const found: Pick<BinSetColumn, 'column' | 'kind'>[] = [];
  for (const { name, kind } of model.features)
    if (kind !== 'text' && kind !== 'embedding') found.push({ column: `features.${name}`, kind });
  found.push({ column: 'prediction_score', kind: 'numeric' });
  if (model.task.endsWith('classification'))
    found.push(
      { column: 'prediction_label', kind: 'categorical' },
      { column: 'actual_label', kind: 'categorical' },
    );
  else found.push({ column: 'actual_score', kind: 'numeric' });
  return found;
}

async function numericBins(scan: PartScan, column: string): Promise<Bins | undefined> {
  const params = createParams();
  const field = resolveField(scan.model, column, params);
  const events = await eventRelation(scan, {}, field.columns, params);
  const values = `SELECT x FROM (SELECT ${finiteSql(field)} AS x FROM (${events})) WHERE x IS NOT NULL`;
  const few = await scan.session.rows(
    `SELECT DISTINCT x FROM (${values}) LIMIT ${mostDiscreteValues + 1}`,
    params.values,
  );
  const distinct = few.map((row) => Number(row.x) + 0).sort((a, b) => a - b);
  const [only] = distinct;
  if (only === undefined) return undefined;
  if (distinct.length === 1) return { layout: 'constant', value: only };
  if (distinct.length <= mostDiscreteValues) return { layout: 'discrete', values: distinct };
  const shares = Array.from({ length: quantileBins + 1 }, (_, i) => i / quantileBins);
  const quantiles = await scan.session.rows(
    `SELECT unnest(quantile_cont(x, [${shares.join(', ')}])) AS edge FROM (${values})`,
    params.values,
  );
  const edges: number[] = [];
  for (const row of quantiles) {
    const edge = Number(row.edge) + 0;
    if (edge > (edges.at(-1) ?? -Infinity)) edges.push(edge);
  }
  return { layout: 'numeric', edges };
}

async function categoricalBins(scan: PartScan, column: string): Promise<Bins | undefined> {
  const params = createParams();
  const field = resolveField(scan.model, column, params);
  const events = await eventRelation(scan, {}, field.columns, params);
  const rows = await scan.session.rows(
    `SELECT value, n, (sum(n) OVER ())::DOUBLE AS total
     FROM (SELECT ${categorySql(field)} AS value, count(*) AS n FROM (${events}) GROUP BY ALL)
     WHERE value IS NOT NULL ORDER BY n DESC, value LIMIT ${mostCategories + mostRareValues}`,
    params.values,
  );
  if (rows.length === 0) return undefined;
  const frequent = rows
    .slice(0, mostCategories)
    .filter(({ n, total }) => Number(n) >= leastCategoryShare * Number(total)).length;
  const values = rows.map((row) => String(row.value));
  return {
    layout: 'categorical',
    values: values.slice(0, frequent),
    rare: values.slice(frequent, frequent + mostRareValues),
  };
}
