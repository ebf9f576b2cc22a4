import type { BinSet, Profile, Score } from '@plumbline/contracts';
import { emptyColumnProfile } from './empty-profile.ts';
import type { MetricDescriptor, ModelContext } from './metric-descriptor.ts';
import { withoutValue } from './to-score.ts';

export interface MetricQuestion {
  descriptor: MetricDescriptor;
  /** Which column; null for metrics of the model as a whole. */
  columnKey: string | null;
  binSet: BinSet;
  context: ModelContext;
  current: Profile;
  reference: Profile | null;
}

/**
 * One metric of one column, or of the model. `not_applicable` when the task, the kind of the column or the
 * column itself does not fit the metric, or when it needs a reference and there is none.
 */
export function scoreMetric(question: MetricQuestion): Score {
  const { descriptor, columnKey, binSet, context, current, reference } = question;
  const { tasks, column_kinds: kinds, exactness, scoreColumn, scoreModel } = descriptor;
  const notApplicable = withoutValue('not_applicable', { n: current.events, exactness });
  if (tasks && !tasks.includes(context.task)) return notApplicable;
  if (scoreModel) return scoreModel({ context, binSet, current, reference });
  const column = binSet.columns.find((candidate) => candidate.column === columnKey);
  if (!column || !scoreColumn || !kinds?.includes(column.kind)) return notApplicable;
  return scoreColumn({
    column,
    reference: reference && (reference.columns[column.column] ?? emptyColumnProfile(column.bins)),
    current: current.columns[column.column] ?? emptyColumnProfile(column.bins),
  });
}
