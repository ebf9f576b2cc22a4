import type { EventSelection, SampledVectors } from './columnar.ts';
import { eventRelation, type PartScan } from './event-relation.ts';
import { createParams } from './params.ts';
import type { PartColumn } from './part-columns.ts';

const columns: readonly PartColumn[] = [
  { name: 'prediction_id', type: 'VARCHAR' },
  { name: 'predicted_ms', type: 'BIGINT' },
  { name: 'embedding_features', type: 'VARCHAR' },
];

/** See `Columnar.sampleVectors`. Rows are picked as by `sampleRows`, of those that have an embedding. */
export async function sampleVectors(
  scan: PartScan,
  selection: EventSelection,
  limit: number,
): Promise<SampledVectors> {
  const params = createParams();
  const events = await eventRelation(scan, selection, columns, params);
  const picked = `SELECT * FROM (${events}) WHERE embedding_features IS NOT NULL
    ORDER BY hash(prediction_id, predicted_ms), prediction_id, predicted_ms LIMIT ${Math.trunc(limit)}`;
  const [times = [], bodies = []] = await scan.session.columns(
    `SELECT predicted_ms::DOUBLE, embedding_features FROM (${picked}) ORDER BY predicted_ms, prediction_id`,
    params.values,
  );
  const found = new Map<string, { times: number[]; vectors: number[][] }>();
  bodies.forEach((body, row) => {
    const embeddings: Record<string, { vector: number[] }> = JSON.parse(String(body));
    for (const [name, { vector }] of Object.entries(embeddings)) {
      const known = found.get(name) ?? { times: [], vectors: [] };
      known.times.push(Number(times[row]));
      known.vectors.push(vector);
      found.set(name, known);
    }
  });
  return new Map(
    [...found].map(([name, { times: at, vectors }]) => [name, { times: Float64Array.from(at), vectors }]),
  );
}
