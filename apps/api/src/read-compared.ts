import type { Environment, Granularity } from '@plumbline/contracts';
import type { BinSetRecord, Db, ModelRecord } from '@plumbline/db';
import { type MetricDescriptor, scoreCompared, type WindowScore, windowLength } from '@plumbline/metrics';

/** More weeks than nineteen years have, and days of almost three. */
const mostWindows = 1_000;

/** The windows that were compared with the reference on all columns together, scored by a metric that reads that. */
export async function readCompared(
  { multivariate }: Pick<Db, 'multivariate'>,
  model: ModelRecord,
  binSet: BinSetRecord,
  asked: {
    descriptor: MetricDescriptor;
    granularity: Granularity;
    environment: Environment;
    fromMs?: number;
    toMs?: number;
  },
): Promise<WindowScore[]> {
  const { descriptor, granularity, ...range } = asked;
  const compared = await multivariate.compared(model.id, binSet.id, {
    ...range,
    lengthMs: windowLength(granularity),
    limit: mostWindows,
  });
  return scoreCompared(descriptor, model, binSet, { compared, granularity });
}
