import type { Processors } from '@plumbline/queue';
import { compareNext } from '../features/multivariate/compare-next.ts';
import type { WorkerContext } from '../worker-context.ts';

export function multivariateProcessor(context: WorkerContext): Processors['multivariate'] {
  return ({ modelId }, { signal }) => compareNext(context, modelId, signal);
}
