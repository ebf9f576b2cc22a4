import type { SchemaChangeAnswer } from '@plumbline/contracts';
import { formatCounted } from '../../format-number.ts';
import type { StatusLook } from '../../ui/status-word.tsx';

export const changeLooks: Record<SchemaChangeAnswer['kind'], { look: StatusLook; word: string }> = {
  new: { look: 'seen', word: 'New' },
  edited: { look: 'quiet', word: 'Edited' },
  missing: { look: 'warning', word: 'Missing' },
  retyped: { look: 'bad', word: 'Other type' },
  back: { look: 'good', word: 'Back' },
};

/** What happened, in words. */
export function changeText({ kind, from, to, n }: SchemaChangeAnswer): string {
  const rows = formatCounted(n, 'row');
  if (kind === 'new') return `First seen as ${to} in ${rows}`;
  if (kind === 'edited') return `Changed by hand from ${from} to ${to}`;
  if (kind === 'missing') return `No value in the last ${rows}, where nearly every row had one`;
  if (kind === 'retyped') return `${rows} of an hour refused: ${to} instead of ${from}`;
  return from === null ? `Values again, in ${rows}` : `No longer refused; ${rows} as ${to}`;
}
