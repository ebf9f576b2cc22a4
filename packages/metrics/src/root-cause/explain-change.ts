import type {
  ChangeDimension,
  ChangeMetric,
  Dimension,
  ExplainChangeAnswer,
  Filter,
  Segment,
} from '@plumbline/contracts';
import { type Moments, mergeMoments, z95 } from '@plumbline/stats';
import { shortage } from '../to-score.ts';
import type { ChangeRule } from './change-rule.ts';
import { countChange } from './count-change.ts';
import { allOf, levelPredicate } from './level-predicate.ts';
import { meanChange } from './mean-change.ts';
import { mixableMetrics } from './mixable-metrics.ts';
import { ratioChange } from './ratio-change.ts';
import type { SegmentPart, TakenApart } from './taken-apart.ts';

const leastRows = 30;

/** Both windows counted by segment; every list runs parallel to `dimensions`, the first of which holds everything in one. */
export interface CountedChange {
  metric: ChangeMetric;
  rule: ChangeRule;
  dimensions: readonly Dimension[];
  before: readonly Segment[][];
  after: readonly Segment[][];
  /** Length of the window / length of the one compared with; null where a length is not known. */
  scale: number | null;
}

type Explained = Pick<
  ExplainChangeAnswer,
  | 'status'
  | 'value'
  | 'value_compared'
  | 'change'
  | 'lower'
  | 'upper'
  | 'n'
  | 'n_compared'
  | 'exactness'
  | 'dimensions_total'
  | 'dimensions'
>;

/** The change of a metric between two windows, taken apart along every dimension, the most telling first. */
export function explainChange(counted: CountedChange, limit: number): Explained {
  const { metric, dimensions, before, after, rule, scale } = counted;
  const exactness: Explained['exactness'] = metric === 'roc_auc' ? 'binned' : 'exact';
  const apart = (index: number) => takeApart(counted, before[index] ?? [], after[index] ?? []);
  const whole = apart(0);
  const [n, compared] = [countOf(counted, after), countOf(counted, before)];
  const nothing = { value: null, value_compared: null, change: null, lower: null, upper: null };
  const about = {
    ...nothing,
    n,
    n_compared: compared,
    exactness,
    dimensions_total: 0,
    dimensions: [],
  };
  if (rule.method === 'counts' && scale === null) return { ...about, status: 'not_applicable' };
  const short = shortage(Math.min(n, compared), leastRows);
  if (short) return { ...about, status: short };
  if (!whole) return { ...about, status: 'degenerate' };
  const total = totalsOf(whole);
  const explained = dimensions.flatMap((dimension, index): ChangeDimension[] => {
    const found = index === 0 ? undefined : apart(index);
    return found && found.parts.length > 1 ? [named(dimension, found)] : [];
  });
  explained.sort((a, b) => b.rank_value - a.rank_value);
  return {
    ...about,
    ...total,
    ...(rule.method === 'mix_rate' ? intervalOf(counted, total.change) : {}),
    status: 'ok',
    dimensions_total: explained.length,
    dimensions: explained.slice(0, limit),
  };
}

function takeApart(
  { metric, rule, scale }: CountedChange,
  before: readonly Segment[],
  after: readonly Segment[],
): TakenApart | undefined {
  if (rule.method === 'counts') return scale === null ? undefined : countChange(before, after, scale);
  if (rule.method === 'mix_rate') return meanChange(before, after);
  const mixable = mixableMetrics[metric];
  return mixable && ratioChange(before, after, mixable);
}

/** Events of a window that the metric is made of. */
function countOf({ metric, rule }: CountedChange, counted: readonly Segment[][]): number {
  const count =
    mixableMetrics[metric]?.countOf ??
    (({ events, moments }: Segment) => (rule.method === 'counts' ? events : moments.n));
  return (counted[0] ?? []).reduce((sum, segment) => sum + count(segment), 0);
}

/** Of the dimension that holds everything in one segment. */
function totalsOf({ parts }: TakenApart) {
  const value = parts[0]?.value ?? null;
  const compared = parts[0]?.valueCompared ?? null;
  return {
    value,
    value_compared: compared,
    change: value === null || compared === null ? null : value - compared,
  };
}

function intervalOf({ before, after }: CountedChange, change: number | null) {
  if (change === null) return {};
  const squaredError = [before, after].reduce((sum, side) => {
    const { n, m2 } = (side[0] ?? []).reduce<Moments>((all, { moments }) => mergeMoments(all, moments), {
      n: 0,
      mean: 0,
      m2: 0,
    });
    return sum + m2 / Math.max(1, n - 1) / Math.max(1, n);
  }, 0);
  const margin = z95 * Math.sqrt(squaredError);
  return { lower: change - margin, upper: change + margin };
}

function named(
  dimension: Dimension,
  { parts, concentration, chance, rankValue }: TakenApart,
): ChangeDimension {
  const sorted = parts.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return {
    field: dimension.field,
    concentration,
    chance,
    rank_value: rankValue,
    segments: sorted.map((part) => ({
      ...nameOf(dimension, part),
      n: part.n,
      n_compared: part.nCompared,
      share: part.share,
      share_compared: part.shareCompared,
      value: part.value,
      value_compared: part.valueCompared,
      contribution: part.contribution,
      rate: part.rate,
      mix: part.mix,
      lower: part.lower,
      upper: part.upper,
      explanatory_power: part.explanatoryPower,
      surprise: part.surprise,
      selected: part.selected,
    })),
  };
}

function nameOf(dimension: Dimension, { codes }: SegmentPart): { label: string; filter: Filter } {
  const predicates = codes.map((code) => levelPredicate(dimension, code));
  const filters = predicates.map(({ leaves }) => allOf(leaves));
  const [first, second] = filters;
  if (first && !second) return { label: predicates[0]?.label ?? '', filter: first };
  return { label: `${codes.length} smaller segments`, filter: { or: filters } };
}
