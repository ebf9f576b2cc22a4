import {
  type ChangeMetric,
  changeMetrics,
  changeMetricTasks,
  type DiscoverSlicesBody,
  type ExplainChangeBody,
  type Filter,
  type SliceLossMetric,
  sliceLossMetrics,
  sliceLossTasks,
  type Task,
} from '@plumbline/contracts';
import { clausesOf, narrowFilter } from '../../filters/filter-clauses.ts';
import type { WhySearch } from '../../page-search.ts';

const dayMs = 86_400_000;

/** Metrics a model of this task can be asked about, the default one first. */
export const changeMetricsOf = (task: Task): ChangeMetric[] =>
  changeMetrics.filter((metric) => changeMetricTasks[metric].includes(task));

export const sliceMetricsOf = (task: Task): SliceLossMetric[] =>
  sliceLossMetrics.filter((metric) => sliceLossTasks[metric].includes(task));

/** The window compared with, or undefined while its days are not chosen. */
export function comparedWith(search: WhySearch, hasReference: boolean): ExplainChangeBody['compare_to'] {
  const against = search.against ?? (hasReference ? 'reference' : 'previous_period');
  if (against !== 'days') return against;
  const { against_from: first, against_to: last } = search;
  if (first === undefined || last === undefined || first > last) return undefined;
  return {
    from: new Date(first).toISOString(),
    to: new Date(Date.parse(last) + dayMs).toISOString(),
  };
}

interface View {
  environment: 'production' | 'training' | 'validation';
  version?: string | undefined;
  filter?: Filter | undefined;
}

/** The selection of the view as the bodies of questions hold it. */
export function selectionOf(
  { environment, version, filter }: View,
  { from, to }: { from?: string; to?: string },
): Pick<DiscoverSlicesBody, 'environment' | 'version' | 'filter' | 'from' | 'to'> {
  return {
    environment,
    ...(version === undefined ? {} : { version }),
    ...(filter === undefined ? {} : { filter }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** The view's filter narrowed to a segment or slice. */
export function cohortFilter(filter: Filter | undefined, narrower: Filter): Filter {
  const { joiner, clauses } = clausesOf(narrower);
  if (joiner === 'or') return narrowFilter(filter, narrower);
  return clauses.reduce<Filter>(
    (known, clause) => narrowFilter(known, clause),
    filter ?? clauses[0] ?? narrower,
  );
}
