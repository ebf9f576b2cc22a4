import type { FairnessAnswer, FairnessDisparity, FairnessGroup, FairnessMetric } from '@plumbline/contracts';
import { formatCount, formatNumber, formatShare } from '../../format-number.ts';
import type { StatusLook } from '../../ui/status-word.tsx';

const fourFifths = 0.8;
const level = 0.05;

/** A group by its values; crossed attributes are joined. */
export function groupText({ group, kind }: Pick<FairnessGroup, 'group' | 'kind'>): string {
  if (group === null || kind === 'small') return 'Small groups together';
  return Object.values(group)
    .map((value) => (value === null ? '(missing)' : value === '' ? '(empty)' : String(value)))
    .join(' · ');
}

/** Rates as percentages, other values as numbers. */
export function metricText(metric: FairnessMetric, value: number | null): string {
  const isRate = !['error_balance', 'ece', 'score_bias', 'mean_score', 'mae', 'bias'].includes(metric);
  return isRate ? formatShare(value) : formatNumber(value);
}

interface Judgement {
  look: StatusLook;
  word: string;
}

/** How a disparity is to be taken. */
export function judgeDisparity({ disparity, status, ratio, p_value }: FairnessDisparity): Judgement {
  if (status !== 'ok') return { look: 'unknown', word: 'Cannot be judged' };
  if (p_value === null) return { look: 'unknown', word: 'No test for this' };
  if (p_value >= level) return { look: 'good', word: 'Within chance' };
  if (disparity === 'demographic_parity' && ratio !== null && ratio < fourFifths)
    return { look: 'bad', word: 'Below four fifths' };
  return { look: 'warning', word: 'Differs by more than chance' };
}

/** Which groups stand at the ends, in words; or why there is no answer. */
export function disparitySentence(
  disparity: FairnessDisparity,
  { groups, metrics }: Pick<FairnessAnswer, 'groups' | 'metrics'>,
): string {
  const infos = metrics.filter(({ metric }) => disparity.metrics.includes(metric));
  if (disparity.status !== 'ok') {
    const needs = infos.map(({ min_n, counts }) => `${min_n} ${counts}`).join(' and ');
    return `Fewer than two groups have enough data: a value needs ${needs}, in a group of at least ${infos[0]?.min_events} events.`;
  }
  const high = disparity.highest === null ? undefined : groups[disparity.highest];
  const low = disparity.lowest === null ? undefined : groups[disparity.lowest];
  if (!high || !low) return '';
  if (disparity.difference === 0) return 'All groups have the same value.';
  const gapOf = (metric: FairnessMetric) =>
    Math.abs((metricValue(high, metric) ?? 0) - (metricValue(low, metric) ?? 0));
  const [first, ...rest] = infos;
  if (!first) return '';
  const shown = rest.reduce((a, b) => (gapOf(b.metric) > gapOf(a.metric) ? b : a), first);
  const text = (group: FairnessGroup) => {
    const n = group.metrics.find(({ metric }) => metric === shown.metric)?.n;
    return `${metricText(shown.metric, metricValue(group, shown.metric))} for ${groupText(group)} (n = ${formatCount(n)})`;
  };
  return `${shown.title}: ${text(high)}, ${text(low)}.`;
}

const metricValue = ({ metrics }: FairnessGroup, metric: FairnessMetric) =>
  metrics.find((one) => one.metric === metric)?.value ?? null;

const verdicts = {
  within: { look: 'good', word: 'Within four fifths' },
  below: { look: 'bad', word: 'Below four fifths' },
  above: { look: 'warning', word: 'Above five fourths' },
  unclear: { look: 'unknown', word: 'Outside, could be chance' },
} as const satisfies Record<string, Judgement>;

/** What the four-fifths rule says of a group; for other metrics whether it differs from the reference group. */
export function judgeGroup(comparison: FairnessGroup['metrics'][number]['comparison']): Judgement | null {
  if (!comparison) return null;
  if (comparison.verdict !== null) return verdicts[comparison.verdict];
  if (comparison.adjusted_p === null) return null;
  return comparison.adjusted_p < level
    ? { look: 'warning', word: 'Differs' }
    : { look: 'good', word: 'Within chance' };
}

/** Why a group has no value, in words. */
export function withoutValueText({ status, n }: FairnessGroup['metrics'][number], counts: string): string {
  if (status === 'empty') return `no ${counts}`;
  return status === 'insufficient_data' ? `too few ${counts} (${n})` : 'not defined';
}

/** What became of small groups. */
export function smallGroupsText({ small_groups: small }: Pick<FairnessAnswer, 'small_groups'>): string {
  const rule = `Groups of fewer than ${small.pooled_below} events are pooled and compared with nothing; together fewer than ${small.hidden_below}, they are hidden and left out of the whole.`;
  if (small.groups === 0) return `${rule} Here there are none.`;
  const groups = small.groups === 1 ? '1 group is' : `${small.groups} groups are`;
  return `${rule} Here ${groups} ${small.hidden ? 'hidden' : 'pooled'}.`;
}
