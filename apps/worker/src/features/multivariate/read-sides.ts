import { toColumnarModel } from '@plumbline/columnar';
import { columnName, type FeatureKind } from '@plumbline/contracts';
import type { ModelRecord, MultivariateRecord } from '@plumbline/db';
import type { RowSample, VectorSample } from '@plumbline/metrics';
import { rowsDrawn } from '../../rows-drawn.ts';
import type { WorkerContext } from '../../worker-context.ts';

/** Vectors and texts of one side: each may be long. */
const mostLong = 1_000;

export interface Side {
  sample: RowSample;
  /** By the name of the embedding. */
  embeddings: Map<string, VectorSample>;
  texts: { column: string; values: (string | null)[] }[];
}

/** Rows of the reference and of the window, on every feature that is a number, a category or a boolean; vectors and texts. */
export async function readSides(
  { db, columnar }: Pick<WorkerContext, 'db' | 'columnar'>,
  model: ModelRecord,
  { fromMs, toMs, environment }: MultivariateRecord,
): Promise<{ reference: Side; current: Side }> {
  const described = toColumnarModel(model);
  const columnsOf = (isWanted: (kind: FeatureKind) => boolean) =>
    described.features.filter(({ kind }) => isWanted(kind)).map(({ name }) => `features.${name}`);
  const columns = columnsOf((kind) => kind !== 'text' && kind !== 'embedding');
  const texts = { columns: columnsOf((kind) => kind === 'text'), limit: mostLong };
  const drawn = { columns, limit: rowsDrawn(columns.length) };
  const read = async (
    parts: Parameters<typeof columnar.sample>[1],
    selection: Parameters<typeof columnar.sample>[2],
  ): Promise<Side> => {
    const rows = await columnar.count(described, parts, selection);
    const sampled = await columnar.sample(described, parts, selection, drawn);
    const written =
      texts.columns.length > 0 ? await columnar.sample(described, parts, selection, texts) : { columns: [] };
    return {
      sample: {
        rows,
        times: sampled.times,
        columns: sampled.columns.map(({ name, values }) => ({ name: columnName(name), values })),
      },
      texts: written.columns.map(({ name, values }) => ({
        column: columnName(name),
        values: values instanceof Float64Array ? [] : values,
      })),
      embeddings: await columnar.sampleVectors(described, parts, selection, mostLong),
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
