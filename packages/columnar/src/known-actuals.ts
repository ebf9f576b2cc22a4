import type { AsOf } from './columnar.ts';
import type { Params } from './params.ts';
import { msLiteral } from './sql-text.ts';

/**
 * A relation of events (with `prediction_id` and every `actual_*` column) whose actuals are those known at a moment.
 * Parts keep the effective actual of an event alone: where it had come by then it was the effective one, too; where it
 * came later, the one it replaced is among `corrected`, or there was none.
 */
export function knownActuals(relation: string, columns: string[], asOf: AsOf, params: Params): string {
  const shape = {
    prediction_id: 'VARCHAR',
    actual_label: 'VARCHAR',
    actual_score: 'DOUBLE',
    actual_ms: 'BIGINT',
    actual_seq: 'BIGINT',
  };
  const earlier = `SELECT unnest(from_json(${params.add(JSON.stringify(asOf.corrected))}::JSON,
    ${params.add(JSON.stringify([shape]))}), recursive := true)`;
  const known = columns.map((name) =>
    name.startsWith('actual_')
      ? `CASE WHEN earlier.prediction_id IS NOT NULL THEN earlier.${name}
          WHEN now.actual_seq > ${msLiteral(asOf.seq)} THEN NULL ELSE now.${name} END AS ${name}`
      : `now.${name}`,
  );
  return `SELECT ${known.join(', ')} FROM (${relation}) now
    LEFT JOIN (${earlier}) earlier ON now.prediction_id = earlier.prediction_id`;
}
