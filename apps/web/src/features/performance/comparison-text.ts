import type { ComparedSide } from '@plumbline/contracts';
import { formatCount } from '../../format-number.ts';
import { formatRange } from '../../format-time.ts';

const names: Record<string, string> = { previous_period: 'the period before', range: 'the chosen days' };

/** What the metrics are compared with, with its size. */
export function comparisonText(side: ComparedSide | null): string {
  if (!side)
    return 'Not compared: the model has no reference. Compare with the period before or with other days.';
  const range = side.from !== null && side.to !== null ? `, ${formatRange(side.from, side.to)} (UTC)` : '';
  const size = `${formatCount(side.n_labelled)} labelled of ${formatCount(side.n_events)} events`;
  return `Compared with ${names[side.kind] ?? 'the reference'}: ${size}${range}. A change has a 95% interval that takes both sides for independent; one that holds 0 is no more than chance.`;
}
