import type { FairnessAnswer, FairnessGroup, FairnessMetric } from '@plumbline/contracts';
import { niceTicks } from '../../charts/nice-ticks.ts';
import { groupText } from './fairness-text.ts';

interface ChartRow {
  group: FairnessGroup;
  text: string;
  isReference: boolean;
  metric: FairnessGroup['metrics'][number];
}

export interface GroupChart {
  rows: ChartRow[];
  ticks: number[];
  /** Share of the width at which a value stands. */
  place(value: number): number;
  /** Selection rate: four fifths and five fourths of the reference group's. */
  limits: { value: number; text: string }[];
}

const fourFifths = 0.8;
const fiveFourths = 1.25;

/** Groups on one scale that holds every interval and 0. */
export function prepareGroupChart(answer: FairnessAnswer, metric: FairnessMetric): GroupChart {
  const rows = answer.groups.flatMap((group, i): ChartRow[] => {
    const found = group.metrics.find((one) => one.metric === metric);
    const isReference = answer.reference_group?.position === i;
    return found ? [{ group, text: groupText(group), isReference, metric: found }] : [];
  });
  const reference = rows.find(({ isReference }) => isReference)?.metric.value ?? null;
  const isRule = metric === 'selection_rate' && reference !== null && reference > 0;
  const limits = isRule
    ? [
        { value: fourFifths * reference, text: 'four fifths' },
        ...(answer.reference_group?.chosen_by === 'query' && fiveFourths * reference <= 1
          ? [{ value: fiveFourths * reference, text: 'five fourths' }]
          : []),
      ]
    : [];
  const ends = [
    0,
    ...rows.flatMap(({ metric: m }) => [m.lower, m.upper, m.value]),
    ...limits.map((l) => l.value),
  ];
  const known = ends.filter((value) => value !== null);
  const ticks = niceTicks(Math.min(...known), Math.max(...known), 5);
  const from = ticks[0] ?? 0;
  const to = ticks.at(-1) ?? 1;
  return { rows, ticks, place: (value) => (value - from) / (to - from), limits };
}
