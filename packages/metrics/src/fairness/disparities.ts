import type { FairnessDisparity, FairnessMetric } from '@plumbline/contracts';
import { disparityToOverall } from '@plumbline/stats';
import type { GroupMetric } from './fairness-metrics.ts';
import { findGroupMetric } from './fairness-metrics.ts';
import { type GroupSpread, groupSpread } from './group-spread.ts';
import type { Measure } from './measure.ts';

/** One metric over the groups that are compared. */
export interface MetricOfGroups {
  /** Of the groups that have a value, with their position among all groups. */
  known: { position: number; measure: Measure; value: number }[];
  withoutValue: number;
  overall: number | null;
}

interface DisparityKind extends Pick<FairnessDisparity, 'disparity' | 'title' | 'description'> {
  metrics: [FairnessMetric, ...FairnessMetric[]];
  /** Of several metrics. */
  together?: 'worst' | 'mean';
}

const kinds: DisparityKind[] = [
  {
    disparity: 'demographic_parity',
    title: 'Demographic parity',
    description: 'Are all groups selected as often? The ratio is the one of the four-fifths rule.',
    metrics: ['selection_rate'],
  },
  {
    disparity: 'equal_opportunity',
    title: 'Equal opportunity',
    description: 'Are those who deserve it selected as often in every group?',
    metrics: ['recall'],
  },
  {
    disparity: 'predictive_equality',
    title: 'Predictive equality',
    description: 'Are those who do not deserve it selected as often in every group?',
    metrics: ['false_positive_rate'],
  },
  {
    disparity: 'equalized_odds',
    title: 'Equalized odds, worst',
    description:
      'Both of these: the larger difference, and the smaller ratio, of true and false positive rates.',
    metrics: ['recall', 'false_positive_rate'],
    together: 'worst',
  },
  {
    disparity: 'equalized_odds_mean',
    title: 'Equalized odds, mean',
    description: 'The mean of the differences, and of the ratios, of true and false positive rates.',
    metrics: ['recall', 'false_positive_rate'],
    together: 'mean',
  },
  {
    disparity: 'predictive_parity',
    title: 'Predictive parity',
    description: 'Does a favourable prediction come true as often in every group?',
    metrics: ['precision'],
  },
  {
    disparity: 'false_omission_parity',
    title: 'False omission parity',
    description: 'Is a refusal as often a mistake in every group?',
    metrics: ['false_omission_rate'],
  },
  {
    disparity: 'accuracy_equality',
    title: 'Accuracy equality',
    description: 'Is the model right as often in every group?',
    metrics: ['accuracy'],
  },
  {
    disparity: 'treatment_equality',
    title: 'Treatment equality',
    description: 'Does every group suffer the two kinds of errors in the same proportion?',
    metrics: ['error_balance'],
  },
  {
    disparity: 'calibration_parity',
    title: 'Calibration',
    description:
      'Do scores mean the same in every group? Expected calibration errors grow with noise in small groups.',
    metrics: ['ece'],
  },
  {
    disparity: 'score_bias_parity',
    title: 'Score bias',
    description: 'Does the model promise more than comes true to some groups and less to others?',
    metrics: ['score_bias'],
  },
  {
    disparity: 'error_parity',
    title: 'Error parity',
    description: 'Are predictions as far off in every group?',
    metrics: ['mae'],
  },
  {
    disparity: 'bias_parity',
    title: 'Bias parity',
    description: 'Is some group predicted too high and another too low?',
    metrics: ['bias'],
  },
  {
    disparity: 'score_parity',
    title: 'Mean score',
    description: 'Are all groups predicted the same on average?',
    metrics: ['mean_score'],
  },
];

/** How far groups lie apart on every question that their task has metrics for. */
export function disparitiesOf(
  metrics: GroupMetric[],
  ofGroups: ReadonlyMap<FairnessMetric, MetricOfGroups>,
): FairnessDisparity[] {
  return kinds.flatMap((kind) => {
    const parts = kind.metrics.flatMap((name) => {
      const metric = findGroupMetric(metrics, name);
      const groups = ofGroups.get(name);
      return metric && groups ? [{ metric, groups }] : [];
    });
    return parts.length < kind.metrics.length ? [] : [disparityOf(kind, parts)];
  });
}

interface Part {
  metric: GroupMetric;
  groups: MetricOfGroups;
}

const worstOf = (numbers: (number | null)[], best: (...values: number[]) => number): number | null => {
  const known = numbers.filter((value) => value !== null);
  return known.length < numbers.length ? null : best(...known);
};
const mean = (...values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function disparityOf({ together = 'worst', ...kind }: DisparityKind, parts: Part[]): FairnessDisparity {
  const spreads = parts.map(({ metric, groups }) => {
    const { known } = groups;
    const spread = groupSpread(
      known.map(({ measure }) => measure),
      metric.hasRatio,
      parts.length,
    );
    const toOverall = disparityToOverall(
      known.map(({ value }) => value),
      groups.overall ?? undefined,
    );
    return { groups, spread, toOverall, hasRatio: metric.hasRatio };
  });
  const least = spreads.reduce((a, b) => (b.groups.known.length < a.groups.known.length ? b : a));
  const base = {
    disparity: kind.disparity,
    title: kind.title,
    description: kind.description,
    metrics: kind.metrics,
    groups: least.groups.known.length,
    without_value: least.groups.withoutValue,
  };
  const known = spreads.map(({ spread }) => spread).filter((spread) => spread !== undefined);
  const [first] = known;
  if (!first || known.length < spreads.length)
    return { ...base, status: 'insufficient_data', ...noDisparity };
  const largest = together === 'mean' ? mean : Math.max;
  const smallest = together === 'mean' ? mean : Math.min;
  const of = (field: keyof GroupSpread) => known.map((spread) => spread[field]);
  const widest = known.reduce((a, b) => (b.difference > a.difference ? b : a));
  const places = spreads.find(({ spread }) => spread === widest)?.groups.known ?? [];
  const p = worstOf(of('pValue'), Math.min);
  return {
    ...base,
    status: 'ok',
    difference: worstOf(of('difference'), largest),
    difference_lower: worstOf(of('differenceLower'), largest),
    difference_upper: worstOf(of('differenceUpper'), largest),
    ratio: worstOf(of('ratio'), smallest),
    ratio_lower: worstOf(of('ratioLower'), smallest),
    ratio_upper: worstOf(of('ratioUpper'), smallest),
    p_value: p,
    to_overall_difference: worstOf(
      spreads.map(({ toOverall }) => toOverall?.difference ?? null),
      largest,
    ),
    to_overall_ratio: worstOf(
      spreads.map(({ toOverall, hasRatio }) => (hasRatio ? (toOverall?.ratio ?? null) : null)),
      smallest,
    ),
    highest: places[widest.highest]?.position ?? null,
    lowest: places[widest.lowest]?.position ?? null,
    compared: null,
  };
}

const noDisparity = {
  difference: null,
  difference_lower: null,
  difference_upper: null,
  ratio: null,
  ratio_lower: null,
  ratio_upper: null,
  p_value: null,
  to_overall_difference: null,
  to_overall_ratio: null,
  highest: null,
  lowest: null,
  compared: null,
};
