import { categorySql, finiteSql } from './column-profiles.ts';
import type { EventSelection, SampledRows } from './columnar.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { resolveField } from './field.ts';
import { createParams } from './params.ts';
import type { PartColumn } from './part-columns.ts';

const identity: readonly PartColumn[] = [
  { name: 'prediction_id', type: 'VARCHAR' },
  { name: 'predicted_ms', type: 'BIGINT' },
];

/** See `Columnar.sample`. The hash of the identity picks the rows, so that it does not matter how parts are cut. */
export async function sampleRows(
  scan: PartScan,
  selection: EventSelection,
  { columns, limit }: { columns: string[]; limit: number },
): Promise<SampledRows> {
  const params = createParams();
  const fields = columns.map((column) => resolveField(scan.model, column, params));
  const values = fields.map((field) => (field.kind === 'number' ? finiteSql(field) : categorySql(field)));
  const needed = [...identity, ...fields.flatMap((field) => field.columns)];
  const events = await eventRelation(scan, selection, needed, params);
  const picked = `SELECT * FROM (${events})
    ORDER BY hash(prediction_id, predicted_ms), prediction_id, predicted_ms LIMIT ${Math.trunc(limit)}`;
  const drawn = await scan.session.columns(
    `SELECT ${['predicted_ms::DOUBLE', ...values].join(', ')} FROM (${picked}) ORDER BY predicted_ms, prediction_id`,
    params.values,
  );
  const [times = [], ...found] = drawn;
  const toNumber = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);
  const toText = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    times: Float64Array.from(times, toNumber),
    columns: columns.map((name, i) => ({
      name,
      values:
        fields[i]?.kind === 'number'
          ? Float64Array.from(found[i] ?? [], toNumber)
          : (found[i] ?? []).map(toText),
    })),
  };
}
