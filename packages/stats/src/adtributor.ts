/** One element of a dimension: what was expected of it (F) and what came (A), e.g. counts of events. */
export interface ForecastElement {
  forecast: number;
  actual: number;
}

interface AttributedElement {
  /** Share of the change of the total that is this element's: (A_i − F_i)/(A − F); may lie outside [0, 1]. */
  explanatoryPower: number;
  /** Its part of the Jensen–Shannon divergence (natural log) of the shares expected and found; ≥ 0. */
  surprise: number;
  /** Among the fewest most surprising elements that together explain enough. */
  isSelected: boolean;
}

export interface Attribution {
  /** In the order given. */
  elements: AttributedElement[];
  /** Sum over the selected elements; what dimensions are ranked by. */
  surprise: number;
  /** Whether the selected elements explain `explained` of the change. */
  isExplained: boolean;
}

/**
 * Adtributor's attribution of a changed total to the elements of one dimension: elements by falling surprise, those with
 * an explanatory power of at least `least` taken until they explain `explained`. Surprise is
 * ½(p·ln(2p/(p + q)) + q·ln(2q/(p + q))), p = F_i/F, q = A_i/A, 0·ln 0 = 0.
 *
 * `undefined` when the total did not change or either total is not positive.
 * Source: Bhagwan et al. (NSDI 2014), "Adtributor: Revenue debugging in advertising systems", sections 3.2 to 3.4.
 */
export function adtributor(
  elements: readonly ForecastElement[],
  { least = 0.1, explained = 0.67 }: { least?: number; explained?: number } = {},
): Attribution | undefined {
  const forecast = elements.reduce((sum, element) => sum + element.forecast, 0);
  const actual = elements.reduce((sum, element) => sum + element.actual, 0);
  const change = actual - forecast;
  if (!(forecast > 0) || !(actual > 0) || change === 0) return undefined;
  const attributed = elements.map((element) => ({
    explanatoryPower: (element.actual - element.forecast) / change,
    surprise: surpriseOf(element.forecast / forecast, element.actual / actual),
    isSelected: false,
  }));
  let [power, surprise] = [0, 0];
  for (const element of attributed.toSorted((a, b) => b.surprise - a.surprise)) {
    if (power >= explained) break;
    if (element.explanatoryPower < least) continue;
    element.isSelected = true;
    power += element.explanatoryPower;
    surprise += element.surprise;
  }
  return { elements: attributed, surprise, isExplained: power >= explained };
}

function surpriseOf(p: number, q: number): number {
  const part = (share: number) => (share > 0 ? share * Math.log((2 * share) / (p + q)) : 0);
  return Math.max(0, (part(p) + part(q)) / 2);
}
