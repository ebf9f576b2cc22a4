const dayMs = 86_400_000;

/** First and last day, both included. */
export interface ComparedDays {
  from: string;
  to: string;
}

/** `2001-03-01..2001-03-07` of the URL; null for anything else, and for days that run backwards. */
export function comparedDays(text: string | undefined): ComparedDays | null {
  const match = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(text ?? '');
  const [, from = '', to = ''] = match ?? [];
  return Date.parse(from) <= Date.parse(to) ? { from, to } : null;
}

export const comparedDaysText = ({ from, to }: ComparedDays) => `${from}..${to}`;

/** The parameter `compare_to` of a question; undefined = the reference. */
export function compareToOf(text: string | undefined): string | undefined {
  if (text === 'previous_period') return text;
  const days = comparedDays(text);
  if (!days) return undefined;
  const iso = (ms: number) => new Date(ms).toISOString();
  return JSON.stringify({ from: iso(Date.parse(days.from)), to: iso(Date.parse(days.to) + dayMs) });
}
