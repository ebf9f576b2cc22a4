import type { PerformanceAnswer, PerformanceProfile, Profile } from '@plumbline/contracts';
import type { RealisedMetric } from './estimation/estimate-report.ts';
import type { ModelContext } from './metric-descriptor.ts';
import { binaryConfusion } from './performance/binary-confusion.ts';
import { compareScores } from './performance/compare-scores.ts';
import { confusionMatrix } from './performance/confusion-matrix.ts';
import { performanceCurves } from './performance/performance-curves.ts';
import { thresholdSweep } from './performance/threshold-sweep.ts';
import { metrics } from './registry.ts';

/** What labels say in a performance answer. */
export interface PerformanceReport
  extends Omit<PerformanceAnswer, 'window' | 'estimation' | 'metrics' | 'compared_to'> {
  metrics: RealisedMetric[];
}

/**
 * Every performance metric of the model's task, compared with that of `reference`, its confusion matrix (rows actual) and
 * its curves.
 */
export function performanceReport(input: {
  context: ModelContext;
  current: Profile;
  reference: Profile | null;
}): PerformanceReport {
  const { context, current, reference } = input;
  const { events, performance } = current;
  return {
    task: context.task,
    label_coverage: events > 0 ? performance.labelled / events : null,
    n_events: events,
    n_labelled: performance.labelled,
    metrics: metrics.flatMap(({ metric, family, tasks, scoreModel }) => {
      if (family !== 'performance' || !scoreModel || (tasks && !tasks.includes(context.task))) return [];
      const score = scoreModel(input);
      return [
        {
          metric,
          value: score.value,
          lower: score.lower ?? null,
          upper: score.upper ?? null,
          n: score.n,
          status: score.status,
          exactness: score.exactness,
          error_bound: score.errorBound ?? null,
          compared:
            reference && compareScores(score, scoreModel({ context, current: reference, reference: null })),
        },
      ];
    }),
    confusion_matrix: reportConfusion(context, performance),
    curves: performanceCurves(performance),
    threshold_sweep: thresholdSweep(performance),
  };
}

function reportConfusion(
  context: ModelContext,
  { confusion }: PerformanceProfile,
): PerformanceAnswer['confusion_matrix'] {
  if (!confusion || confusion.length === 0) return null;
  const { task, positiveLabel } = context;
  const matrix = confusionMatrix(confusion, context);
  if (task !== 'binary_classification' || positiveLabel === null) return matrix;
  return { ...matrix, ...binaryConfusion(confusion, positiveLabel) };
}
