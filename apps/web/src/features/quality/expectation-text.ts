import type { Expectation, ExpectationKind, ExpectationResult } from '@plumbline/contracts';
import { formatCount, formatNumber, formatShare, formatShort } from '../../format-number.ts';

export const kindWords: Record<ExpectationKind, string> = {
  present: 'Values present',
  type: 'Type',
  range: 'Range',
  known_values: 'Known values',
  distinct_values: 'Distinct values',
  varied: 'Varies',
  mean: 'Mean',
  columns: 'Columns',
  volume: 'Volume',
  freshness: 'Freshness',
};

const share = (mostly: number) => (mostly === 1 ? 'All' : `At least ${formatShare(mostly)} of`);

function between({ min, max }: { min: number | null; max: number | null }, format = formatShort): string {
  if (min === null) return max === null ? 'anywhere' : `at most ${format(max)}`;
  return max === null ? `at least ${format(min)}` : `between ${format(min)} and ${format(max)}`;
}

function volumeText(byWeekday: readonly { min: number; max: number }[]): string {
  const min = Math.min(...byWeekday.map((day) => day.min));
  const max = Math.max(...byWeekday.map((day) => day.max));
  const isEveryDay = byWeekday.every((day) => day.min === min && day.max === max);
  return `Each day has between ${formatCount(min)} and ${formatCount(max)} rows${isEveryDay ? '' : ', by weekday'}`;
}

/** What is expected, as a sentence without its column. */
export function expectationSentence(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'present':
      return `${share(expectation.parameters.mostly)} rows have a value`;
    case 'type':
      return `${share(expectation.parameters.mostly)} rows received have the right type`;
    case 'range':
      return `${share(expectation.parameters.mostly)} values are ${between(expectation.parameters)}`;
    case 'known_values': {
      const { also, mostly } = expectation.parameters;
      const further = also.length > 0 ? `, or ${also.map((value) => `“${value}”`).join(', ')}` : '';
      return `${share(mostly)} values are ones of the reference${further}`;
    }
    case 'distinct_values':
      return `The number of different values is ${between(expectation.parameters, formatCount)}`;
    case 'varied':
      return `No single value makes up more than ${formatShare(expectation.parameters.max_share)}`;
    case 'mean':
      return `The mean is ${between(expectation.parameters)}`;
    case 'columns':
      return `Rows have the ${formatCount(expectation.parameters.names.length)} known features, and no others`;
    case 'volume':
      return volumeText(expectation.parameters.by_weekday);
    case 'freshness':
      return `The newest row is at most ${formatShort(expectation.parameters.max_hours)} hours old`;
  }
}

const elements: Partial<Record<string, string>> = {
  columns: 'columns',
  volume: 'days',
  type: 'rows received',
};

/** What the verdict rests on, with the number of rows it was taken from. */
export function evidenceText(result: ExpectationResult): string {
  const { kind, element_count: n, unexpected_count: count, unexpected_at_most: atMost, observed } = result;
  if (result.status === 'off') return 'switched off';
  const of = `n = ${formatCount(n)} ${elements[kind] ?? 'rows'}`;
  if (count !== null) {
    const number =
      atMost === null || atMost === count
        ? formatCount(count)
        : `${formatCount(count)} to ${formatCount(atMost)}`;
    const percent =
      result.unexpected_percent === null ? '' : ` (${formatShare(result.unexpected_percent / 100)})`;
    return `${number} unexpected${percent}, ${of}`;
  }
  if (observed === null) return of;
  if (kind === 'varied') return `${formatShare(observed)} have the most common value, ${of}`;
  if (kind === 'freshness') return `${formatNumber(observed)} hours old, ${of}`;
  return `${kind === 'distinct_values' ? formatCount(observed) : formatNumber(observed)}, ${of}`;
}

/** Why nothing can be said. */
export const reasonTexts: Record<NonNullable<ExpectationResult['reason']>, string> = {
  no_rows: 'no rows',
  too_few_rows: 'too few rows',
  not_certain: 'not certain',
  not_known: 'not known here',
};

export const reasonHelp: Record<NonNullable<ExpectationResult['reason']>, string> = {
  no_rows: 'The window has nothing to look at.',
  too_few_rows: 'The window has too few rows to tell.',
  not_certain: 'Chance could explain it, or the bins leave it open.',
  not_known:
    'This selection does not have what is judged; volume, freshness and types are those of all events.',
};
