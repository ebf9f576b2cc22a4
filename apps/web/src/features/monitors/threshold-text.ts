import type { Monitor } from '@plumbline/contracts';
import { formatShort } from '../../format-number.ts';

const both = (warning: string | null, critical: string | null) =>
  [critical === null ? null : `${critical} critical`, warning === null ? null : `${warning} warning`]
    .filter((part) => part !== null)
    .join(', ');

const directionWords = { above: 'above', below: 'below', outside: 'away from' } as const;

const chartNames = { cusum: 'CUSUM', ewma: 'EWMA', page_hinkley: 'Page–Hinkley' } as const;

/** When a monitor's value is a breach, in a few words. */
export function thresholdText(threshold: Monitor['threshold']): string {
  const { warning, critical } = threshold;
  const sizes = (unit: (size: number) => string) =>
    both(warning == null ? null : unit(warning), critical == null ? null : unit(critical));
  switch (threshold.kind) {
    case 'constant': {
      const lower = threshold.lower == null ? '' : `below ${formatShort(threshold.lower)} or `;
      return `${lower}${threshold.direction === 'below' ? 'below' : 'above'} ${sizes(formatShort)}`;
    }
    case 'relative': {
      const baseline = threshold.baseline === 'reference' ? 'the reference' : 'the window before';
      return `${sizes((size) => `${formatShort(100 * size)} %`)} ${directionWords[threshold.direction]} ${baseline}`;
    }
    case 'sigma':
      return `${sizes((size) => `${formatShort(size)} σ`)} ${directionWords[threshold.direction]} the mean of ${threshold.windows} windows`;
    case 'seasonal':
      return `${sizes((size) => `${formatShort(size)} σ`)} ${directionWords[threshold.direction]} the same time of ${threshold.weeks} weeks`;
    case 'cusum':
    case 'ewma':
    case 'page_hinkley':
      return `${chartNames[threshold.kind]}: ${sizes((size) => `${formatShort(size)} σ`)} ${directionWords[threshold.direction]}`;
    case 'auto': {
      const smallest = sizes(formatShort);
      return smallest === '' ? 'learnt from the reference' : `learnt from the reference, from ${smallest}`;
    }
  }
}
