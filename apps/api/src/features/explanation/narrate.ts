import type { Audience } from '@plumbline/contracts';

export interface Contribution {
  feature: string;
  value: number | string | boolean | null;
  contribution: number;
}

/** What a narrative may speak of. */
export interface Facts {
  predictionId: string;
  modelVersion: string;
  predictedAt: string;
  label: string | null;
  score: number | null;
  baseValue: number | null;
  threshold: number | null;
  /** By size, largest first. */
  contributions: readonly Contribution[];
  additive: boolean;
  scale: 'score' | 'log_odds' | null;
}

const named = 3;
const limit = 'These are shares of the model’s score, not causes in the world.';

/** Three significant digits of a fraction; whole digits all stay: a year or a count is not rounded. */
function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** Without an exponent. */
const plain = new Intl.NumberFormat('en-US', { useGrouping: false, maximumSignificantDigits: 21 });

/** Rounds numbers and keeps what was written, so that every number in a text is in its evidence. */
function createFigures() {
  const figures: Record<string, number> = {};
  const figure = (name: string, value: number): string => {
    figures[name] = rounded(value);
    return plain.format(figures[name]);
  };
  return { figures, figure };
}

type Figure = ReturnType<typeof createFigures>['figure'];

function valueText({ feature, value }: Contribution, figure: Figure): string {
  if (value === null) return 'missing';
  return typeof value === 'number' ? figure(`value of ${feature}`, value) : String(value);
}

function effect(one: Contribution, figure: Figure, scale: Facts['scale']): string {
  const { feature, contribution } = one;
  const verb = contribution >= 0 ? 'raised' : 'lowered';
  const size = figure(`effect of ${feature}`, Math.abs(contribution));
  const unit = scale === 'log_odds' ? ' log odds' : '';
  return `${feature} (${valueText(one, figure)}) ${verb} the score by ${size}${unit}`;
}

function effects(facts: Facts, figure: Figure): string {
  const top = facts.contributions.slice(0, named).map((c) => effect(c, figure, facts.scale));
  return top.length > 1 ? `${top.slice(0, -1).join(', ')} and ${top.at(-1)}` : (top[0] ?? '');
}

function rest(facts: Facts, figure: Figure): string {
  const others = facts.contributions.slice(named);
  if (others.length === 0) return '';
  const sum = others.reduce((total, c) => total + c.contribution, 0);
  const count = figure('other features', others.length);
  const verb = sum >= 0 ? 'raised' : 'lowered';
  return ` The other ${count} features together ${verb} it by ${figure('effect of the other features', Math.abs(sum))}.`;
}

function decision(facts: Facts, figure: Figure): string {
  if (facts.label === null) return '';
  if (facts.threshold === null || facts.score === null) return ` The prediction is “${facts.label}”.`;
  const side = facts.score >= facts.threshold ? 'at or above' : 'below';
  return ` That is ${side} the threshold of ${figure('threshold', facts.threshold)}; the prediction is “${facts.label}”.`;
}

function compose(audience: Audience, facts: Facts, figure: Figure): string {
  const score = facts.score === null ? 'not recorded' : figure('score', facts.score);
  const base = facts.baseValue === null ? 'not recorded' : figure('base value', facts.baseValue);
  const list = effects(facts, figure);
  switch (audience) {
    case 'data_scientist':
      return `Score ${score}, base value ${base}.${decision(facts, figure)} ${list}.${rest(facts, figure)} ${
        facts.additive
          ? `Base value and contributions add up to the score${facts.scale === 'log_odds' ? ' on the log-odds scale' : ''}.`
          : 'Base value and contributions do not add up to the score.'
      }`;
    case 'auditor':
      return `Prediction ${facts.predictionId}, model version ${facts.modelVersion}, made at ${facts.predictedAt}: score ${score}, starting from a base value of ${base}.${decision(facts, figure)} ${list}.${rest(facts, figure)} ${limit}`;
    case 'operator':
      return `Score ${score}.${decision(facts, figure)} Largest effects: ${list}.`;
    case 'business':
      return `The model gave this case a score of ${score}, where a typical case starts at ${base}.${decision(facts, figure)} ${list}. ${limit}`;
    case 'subject':
      return `Your score was ${score}; scores start at ${base} before anything about you is looked at.${decision(facts, figure)} Of what was known about you, ${list}. ${limit}`;
  }
}

/** A short text for one audience from fixed templates, and the numbers it contains. Deterministic. */
export function narrate(facts: Facts, audience: Audience): { text: string; figures: Record<string, number> } {
  const { figures, figure } = createFigures();
  if (facts.contributions.length === 0) {
    const score =
      facts.score === null ? 'This prediction has no score.' : `Score ${figure('score', facts.score)}.`;
    const text = `${score}${decision(facts, figure)} No attributions were posted with this prediction, so nothing can be said about what moved its score.`;
    return { text, figures };
  }
  return { text: compose(audience, facts, figure), figures };
}
