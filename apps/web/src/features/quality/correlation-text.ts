import type { CorrelationPair } from '@plumbline/contracts';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount, formatNumber, formatSigned } from '../../format-number.ts';

export const measureWords: Record<CorrelationPair['measure'], string> = {
  spearman: 'Spearman’s correlation',
  cramers_v: 'Cramér’s V',
  correlation_ratio: 'correlation ratio',
};

const pairName = ({ columns: [a, b] }: CorrelationPair) => `${fieldText(a)} and ${fieldText(b)}`;

/** All there is to say of a pair. */
export function pairText(pair: CorrelationPair): string {
  const { measure, reference, current, change, adjusted_p: p, changed, status } = pair;
  const rows = `${formatCount(pair.n_reference)} and ${formatCount(pair.n_current)} rows`;
  if (change === null) return `${pairName(pair)}: ${status.replaceAll('_', ' ')}, ${rows}`;
  const verdict = changed ? 'changed' : 'did not change';
  const values = `${formatNumber(reference)} in the reference, ${formatNumber(current)} now (${formatSigned(change)})`;
  return `${pairName(pair)} ${verdict}: ${measureWords[measure]} ${values}, adjusted p ${formatNumber(p)}, ${rows}`;
}

const levels = [0.05, 0.1, 0.2, 0.3];

/** 0 = hardly any change, 3 = one from 0.2 on, 4 = one beyond 0.3; null = no value. */
export function changeLevel({ change }: Pick<CorrelationPair, 'change'>): 0 | 1 | 2 | 3 | 4 | null {
  if (change === null) return null;
  const at = levels.findIndex(
    (level, i) => Math.abs(change) < level || (i === 3 && Math.abs(change) === level),
  );
  return ([0, 1, 2, 3] as const)[at] ?? 4;
}

const size = ({ change }: CorrelationPair) => (change === null ? -1 : Math.abs(change));

/** The changed ones first, then by size of the change; those without one last. */
export const orderPairs = (pairs: readonly CorrelationPair[]): CorrelationPair[] =>
  pairs.toSorted((a, b) => Number(b.changed) - Number(a.changed) || size(b) - size(a));
