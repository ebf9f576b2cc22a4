import { columnName } from '@plumbline/contracts';
import type { ModelRecord, MultivariateRecord } from '@plumbline/db';
import type { RowSample, VectorSample } from '@plumbline/metrics';
import { toColumnarModel } from '../../to-columnar-model.ts';
import type { WorkerContext } from '../../worker-context.ts';
import { rowsASide } from './rows-a-side.ts';

/** Vectors of one side: each may have thousands of numbers. */
const mostVectors = 1_000;

export interface Side {
  sample: RowSample;
  /** By the name of the embedding. */
  embeddings: Map<string, VectorSample>;
}

/** Rows of the reference and of the window, on every feature that is a number, a category or a boolean; and vectors. */
export async function readSides(
  { db, columnar }: Pick<WorkerContext, 'db' | 'columnar'>,
  model: ModelRecord,
  { fromMs, toMs, environment }: MultivariateRecord,
): Promise<{ reference: Side; current: Side }> {
  const described = toColumnarModel(model);
  const columns = described.features
    .filter(({ kind }) => kind !== 'text' && kind !== 'embedding')
    .map(({ name }) => `features.${name}`);
  const drawn = { columns, limit: rowsASide(columns.length) };
  const read = async (
    parts: Parameters<typeof columnar.sample>[1],
    selection: Parameters<typeof columnar.sample>[2],
  ): Promise<Side> => {
    const rows = await columnar.count(described, parts, selection);
    const sampled = await columnar.sample(described, parts, selection, drawn);
    return {
      sample: {
        rows,
        times: sampled.times,
        columns: sampled.columns.map(({ name, values }) => ({ name: columnName(name), values })),
      },
      embeddings: await columnar.sampleVectors(described, parts, selection, mostVectors),
    };
  };
  const [referenceParts, eventParts] = await Promise.all([
    db.parts.live(model.id, { kinds: ['reference'] }),
    db.parts.live(model.id, { kinds: ['events'], fromMs, toMs }),
  ]);
  return {
    reference: await read(referenceParts, {}),
    current: await read(eventParts, { fromMs, toMs, environment }),
  };
}
