import type {
  AttributeGroup,
  FairnessAnswer,
  FairnessGroup,
  FairnessMetric,
  Filter,
  GroupOutcomes,
  Task,
} from '@plumbline/contracts';
import { shortage } from '../to-score.ts';
import { compareGroups } from './compare-groups.ts';
import { disparitiesOf, type MetricOfGroups } from './disparities.ts';
import { fairnessMetrics, type GroupMetric, metricInfoOf } from './fairness-metrics.ts';
import { estimate, type Measure, measureCount } from './measure.ts';
import { mergeOutcomes } from './merge-outcomes.ts';
import { poolSmallGroups, type ShownGroup } from './pool-small-groups.ts';
import { rangeFilter, rangeText } from './range-text.ts';

/** What is asked of groups. */
export interface FairnessQuestion {
  task: Task;
  /** `edges`: the attribute was cut into ranges there. */
  attributes: { field: string; edges?: number[] }[];
  favourableLabel: string | null;
  /** Values by attribute, as text; null = the platform chooses. */
  referenceGroup: string[] | null;
}

export type FairnessReport = Omit<FairnessAnswer, 'window' | 'compared_to'>;

interface MeasuredGroup {
  measures: (Measure | null)[];
  metrics: Omit<FairnessGroup['metrics'][number], 'comparison'>[];
}

/**
 * How groups fare: every metric of every group with its interval, what is different from the reference group, and how
 * far groups lie apart. A reference group that is asked for and is not there is not replaced: the answer has another
 * `chosen_by` or no reference group.
 */
export function fairnessReport(question: FairnessQuestion, groups: AttributeGroup[]): FairnessReport {
  const { task, attributes, favourableLabel } = question;
  const metrics = fairnessMetrics(task, favourableLabel);
  const { shown, smallGroups } = poolSmallGroups(groups);
  const measured = shown.map(({ outcomes }) => measureGroup(metrics, outcomes));
  const overall = overallOf(metrics, shown);
  const reference = referenceOf(question, shown, measured);
  const comparisons = metrics.map((metric, m) => {
    const compared = shown.map(({ kind }, i) =>
      kind === 'group' ? (measured[i]?.measures[m] ?? null) : null,
    );
    return reference ? compareGroups(metric, compared, reference.position) : [];
  });
  return {
    task,
    attributes: attributes.map(({ field }) => field),
    favourable_label: favourableLabel,
    metrics: metrics.map(metricInfoOf),
    groups: shown.map((group, i) => ({
      group: namesOf(attributes, group),
      kind: group.kind,
      filter: filterOf(attributes, group),
      n: group.outcomes.events,
      n_labelled: group.outcomes.labelled,
      metrics: (measured[i]?.metrics ?? []).map((metric, m) => ({
        ...metric,
        comparison: comparisons[m]?.[i] ?? null,
      })),
    })),
    overall,
    reference_group: reference,
    disparities: disparitiesOf(metrics, metricsOfGroups(metrics, shown, measured, overall)),
    small_groups: smallGroups,
  };
}

function measureGroup(metrics: GroupMetric[], outcomes: GroupOutcomes): MeasuredGroup {
  const values = metrics.map((metric) => {
    const measure = metric.measure(outcomes);
    const n = measureCount(measure);
    const rows = metric.isLabelled ? outcomes.labelled : outcomes.events;
    const short = shortage(n, metric.min_n) ?? shortage(rows, metric.min_events);
    const found = short ? undefined : estimate(measure);
    return {
      measure: found ? measure : null,
      shown: {
        metric: metric.metric,
        value: found?.value ?? null,
        lower: found?.lower ?? null,
        upper: found?.upper ?? null,
        n,
        status: found ? ('ok' as const) : (short ?? ('degenerate' as const)),
      },
    };
  });
  return { measures: values.map(({ measure }) => measure), metrics: values.map(({ shown }) => shown) };
}

function overallOf(metrics: GroupMetric[], shown: ShownGroup[]): FairnessAnswer['overall'] {
  const [first, ...rest] = shown.map(({ outcomes }) => outcomes);
  if (!first) return { n: 0, n_labelled: 0, metrics: [] };
  const all = rest.reduce(mergeOutcomes, first);
  return { n: all.events, n_labelled: all.labelled, metrics: measureGroup(metrics, all).metrics };
}

function referenceOf(
  { attributes, referenceGroup }: FairnessQuestion,
  shown: ShownGroup[],
  measured: MeasuredGroup[],
): FairnessAnswer['reference_group'] {
  const candidates = shown.flatMap((group, position) =>
    group.kind === 'group' ? [{ position, group: namesOf(attributes, group) }] : [],
  );
  if (referenceGroup) {
    const asked = candidates.find(({ group }) =>
      attributes.every(({ field }, i) => String(group?.[field]) === referenceGroup[i]),
    );
    return asked ? { position: asked.position, chosen_by: 'query' } : null;
  }
  const [largest] = candidates;
  if (!largest) return null;
  const rateOf = ({ position }: { position: number }) =>
    measured[position]?.metrics.find(({ metric }) => metric === 'selection_rate')?.value ?? -1;
  const highest = candidates.reduce((a, b) => (rateOf(b) > rateOf(a) ? b : a));
  if (rateOf(highest) < 0) return { position: largest.position, chosen_by: 'largest' };
  return { position: highest.position, chosen_by: 'highest_selection_rate' };
}

function metricsOfGroups(
  metrics: GroupMetric[],
  shown: ShownGroup[],
  measured: MeasuredGroup[],
  overall: FairnessAnswer['overall'],
): Map<FairnessMetric, MetricOfGroups> {
  return new Map(
    metrics.map(({ metric }, m) => {
      const compared = shown.flatMap(({ kind }, position) => (kind === 'group' ? [position] : []));
      const known = compared.flatMap((position) => {
        const measure = measured[position]?.measures[m];
        const value = measured[position]?.metrics[m]?.value;
        return measure && value !== null && value !== undefined ? [{ position, measure, value }] : [];
      });
      const withoutValue = compared.length - known.length;
      return [metric, { known, withoutValue, overall: overall.metrics[m]?.value ?? null }];
    }),
  );
}

function namesOf(attributes: FairnessQuestion['attributes'], { values }: ShownGroup): FairnessGroup['group'] {
  if (!values) return null;
  return Object.fromEntries(
    attributes.map(({ field, edges }, i) => {
      const value = values[i] ?? null;
      return [field, edges && typeof value === 'number' ? rangeText(edges, value) : value];
    }),
  );
}

function filterOf(attributes: FairnessQuestion['attributes'], { values }: ShownGroup): Filter | null {
  if (!values) return null;
  const clauses = attributes.map(({ field, edges }, i): Filter => {
    const value = values[i] ?? null;
    if (value === null) return { field, op: 'is_null' };
    return edges && typeof value === 'number' ? rangeFilter(field, edges, value) : { field, op: 'eq', value };
  });
  const [first] = clauses;
  return first && clauses.length === 1 ? first : { and: clauses };
}
