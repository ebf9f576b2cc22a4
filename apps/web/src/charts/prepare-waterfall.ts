import type { ExplanationAnswer } from '@plumbline/contracts';

type Value = ExplanationAnswer['contributions'][number]['value'];

interface WaterfallRow {
  label: string;
  value: Value | undefined;
  contribution: number;
  /** Where the bar begins and ends on the score's scale. */
  from: number;
  to: number;
}

export interface Waterfall {
  base: number;
  score: number | null;
  /** base + Σ contributions. */
  sum: number;
  rows: WaterfallRow[];
  domain: [low: number, high: number];
}

/**
 * Attributions → bars that walk from the base value to base + Σ contributions: the `top` largest by magnitude, the
 * others summed into one. Null without a base value or contributions.
 */
export function prepareWaterfall(explanation: ExplanationAnswer, top = 9): Waterfall | null {
  const { base_value: base, contributions, score } = explanation;
  if (base === null || contributions.length === 0) return null;
  const sorted = [...contributions].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = sorted.length === top + 1 ? sorted : sorted.slice(0, top);
  const others = sorted.slice(shown.length);
  const steps: { label: string; value: Value | undefined; contribution: number }[] = [
    ...shown.map((c) => ({ label: c.feature, value: c.value, contribution: c.contribution })),
    ...(others.length === 0
      ? []
      : [
          {
            label: `${others.length} other features`,
            value: undefined,
            contribution: others.reduce((sum, c) => sum + c.contribution, 0),
          },
        ]),
  ];
  let at = base;
  const rows = steps.map((step) => {
    const from = at;
    at += step.contribution;
    return { ...step, from, to: at };
  });
  const ends = [base, ...(score === null ? [] : [score]), ...rows.map((row) => row.to)];
  return { base, score, sum: at, rows, domain: [Math.min(...ends), Math.max(...ends)] };
}
