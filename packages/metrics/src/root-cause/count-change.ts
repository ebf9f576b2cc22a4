import type { Segment } from '@plumbline/contracts';
import { adtributor } from '@plumbline/stats';
import { type TakenApart, unknownOfPart } from './taken-apart.ts';

/**
 * Adtributor's attribution of a changed number of events; `scale` makes the counts compared with comparable (the ratio of
 * the windows' lengths). Undefined when the number did not change or a window is empty.
 */
export function countChange(
  before: readonly Segment[],
  after: readonly Segment[],
  scale: number,
): TakenApart | undefined {
  const forecasts = before.map(({ events }) => events * scale);
  const elements = forecasts.map((forecast, i) => ({ forecast, actual: after[i]?.events ?? 0 }));
  const found = adtributor(elements);
  if (!found) return undefined;
  const [expected, total] = [
    elements.reduce((sum, { forecast }) => sum + forecast, 0),
    elements.reduce((sum, { actual }) => sum + actual, 0),
  ];
  const parts = elements.flatMap(({ forecast, actual }, code) => {
    const element = found.elements[code];
    if (!element || forecast + actual === 0) return [];
    return {
      ...unknownOfPart,
      codes: [code],
      n: actual,
      nCompared: forecast,
      share: actual / total,
      shareCompared: forecast / expected,
      value: actual,
      valueCompared: forecast,
      contribution: actual - forecast,
      explanatoryPower: element.explanatoryPower,
      surprise: element.surprise,
      selected: element.isSelected,
    };
  });
  return { parts, concentration: null, chance: null, rankValue: found.surprise };
}
