import type {
  DriftAnswer,
  ExplanationAnswer,
  PerformanceAnswer,
  SlicesAnswer,
  TimeseriesAnswer,
} from '@plumbline/contracts';

const shown = 5;

function figure(value: number | null | undefined): string {
  return value === null || value === undefined ? 'n/a' : value.toFixed(3);
}

/** Columns by how far their deciding metric went towards its threshold, farthest first. */
export function byDrift({ columns }: DriftAnswer) {
  return columns
    .map((column) => {
      const primary = column.metrics.find(({ metric }) => metric === column.primary);
      const distance = (primary?.value ?? 0) / (primary?.threshold || 1);
      return { column, primary, distance };
    })
    .sort((a, b) => b.distance - a.distance);
}

/** The three weeks in which a column lay farthest from the reference. */
export function weekLines({ points, metric, column }: TimeseriesAnswer): string[] {
  return points
    .filter(({ value }) => value !== null)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
    .slice(0, 3)
    .map(
      ({ window_start, value, n }) =>
        `week of ${window_start.slice(0, 10)}: ${metric} of ${column} ${figure(value)}, n ${n}`,
    );
}

/** The columns that moved most, by the metric that decides for their kind. */
export function driftLines(answer: DriftAnswer): string[] {
  const { dataset } = answer;
  const ranked = byDrift(answer).slice(0, shown);
  return [
    `${dataset.drifted_columns} of ${dataset.columns} columns drifted. Moved most:`,
    ...ranked.map(
      ({ column, primary }) =>
        `  ${column.column}: ${column.primary} ${figure(primary?.value)} (threshold ${figure(primary?.threshold)})${column.drifted ? ', drifted' : ''}`,
    ),
  ];
}

/** Accuracy and ranking power over the window, with their intervals. */
export function performanceLines({ metrics, label_coverage, n_labelled }: PerformanceAnswer): string[] {
  const of = (name: string) => {
    const found = metrics.find(({ metric }) => metric === name);
    return `${name} ${figure(found?.value)} [${figure(found?.lower)}, ${figure(found?.upper)}]`;
  };
  return [
    `${of('accuracy')}, ${of('roc_auc')} on ${n_labelled} labelled events (coverage ${figure(label_coverage)})`,
  ];
}

/** The weakest groups among those with enough labelled events to be believed. */
export function weakestLines({ rows }: SlicesAnswer, column: string, floor: number): string[] {
  const weakest = rows
    .filter(({ n_labelled, metrics }) => n_labelled >= floor && typeof metrics.accuracy === 'number')
    .sort((a, b) => (a.metrics.accuracy ?? 0) - (b.metrics.accuracy ?? 0))
    .slice(0, shown);
  return [
    `Weakest values of ${column} with at least ${floor} labelled events:`,
    ...weakest.map(
      ({ group, metrics, n_labelled }) =>
        `  ${String(group[column])}: accuracy ${figure(metrics.accuracy)}, n ${n_labelled}`,
    ),
  ];
}

/** One prediction taken apart. */
export function explanationLines(answer: ExplanationAnswer): string[] {
  return [
    `${answer.prediction_id}: base ${figure(answer.base_value)} → score ${figure(answer.score)}`,
    ...answer.contributions
      .slice(0, shown)
      .map(
        ({ feature, value, contribution }) =>
          `  ${feature} = ${typeof value === 'number' ? String(Number(value.toPrecision(3))) : String(value)}: ${contribution < 0 ? '' : '+'}${figure(contribution)}`,
      ),
    `  “${answer.narrative.text}”`,
  ];
}
