import type { ExplanationAnswer } from '@plumbline/contracts';

type Value = ExplanationAnswer['contributions'][number]['value'];

interface Step {
  label: string;
  value: Value | undefined;
  contribution: number;
}

interface WaterfallRow extends Step {
  /** Where the bar begins and ends on the scale of the base value. */
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

interface Walk {
  base: number;
  steps: readonly Step[];
  /** What the steps are, in the plural. */
  things: string;
  score?: number | null;
  top?: number;
}

/** Contributions → bars that walk from the base value to base + Σ: the `top` largest by magnitude, the others summed into one. */
export function waterfallOf({ base, steps, things, score = null, top = 9 }: Walk): Waterfall {
  const sorted = [...steps].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = sorted.length === top + 1 ? sorted : sorted.slice(0, top);
  const others = sorted.slice(shown.length);
  const rest: Step[] =
    others.length === 0
      ? []
      : [
          {
            label: `${others.length} other ${things}`,
            value: undefined,
            contribution: others.reduce((sum, { contribution }) => sum + contribution, 0),
          },
        ];
  let at = base;
  const rows = [...shown, ...rest].map((step) => {
    const from = at;
    at += step.contribution;
    return { ...step, from, to: at };
  });
  const ends = [base, ...(score === null ? [] : [score]), ...rows.map((row) => row.to)];
  return { base, score, sum: at, rows, domain: [Math.min(...ends), Math.max(...ends)] };
}

/** Attributions as a walk from the base value to the score. Null without a base value or contributions. */
export function prepareWaterfall({
  base_value: base,
  contributions,
  score,
}: ExplanationAnswer): Waterfall | null {
  if (base === null || contributions.length === 0) return null;
  const steps = contributions.map(({ feature, value, contribution }) => ({
    label: feature,
    value,
    contribution,
  }));
  return waterfallOf({ base, score, steps, things: 'features' });
}
